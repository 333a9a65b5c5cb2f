using PelNas.Cli.Searching;
using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Predictor;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas search</c>: runs one search on the local host and writes its result.</summary>
internal static class SearchCommand
{
    private static readonly SearchRequest Defaults = new();

    public static Command Create()
    {
        Option<string?> dataset = CommonOptions.Text(
            "--dataset",
            "Data set whose accuracy counts: cifar10, cifar100 or imagenet16-120; with --images or --trainer any name",
            "NAME");
        Option<string?> device = CommonOptions.Text(
            "--device",
            "Device whose latency counts; 'pelnas devices' lists them. With --images or --trainer also flops or params, with --trainer "
                + "also told: a latency with each label",
            "NAME");
        Option<int> seed = NumberOptions.Whole("--seed", "Seed of every random choice; the same seed gives the same front", Defaults.Seed);
        Option<string?> space = CommonOptions.Text(
            "--space",
            $"The search space, if it is not {NasBench201.Instance.Name}: {string.Join(", ", BenchmarkTables.OtherSpaces)}, "
                + "or one of yours ('pelnas spaces list')",
            "NAME");
        Option<int> generations = NumberOptions.Whole(
            "--generations", "Generations after the seed population", Defaults.Generations, 1, RequestLimits.MaxGenerations);
        Option<int> maxLabels = NumberOptions.Whole(
            "--max-labels", "True accuracies the search may look up (labels), the scarce resource", Defaults.MaxLabels,
            1, RequestLimits.MaxLabels);
        Option<string> labelsFrom = CommonOptions.Text(
            "--labels-from",
            "Which accuracies labels are: validation, or test to compare with what others publish; the front is judged on test accuracy",
            "NAME", Defaults.LabelsFrom);
        Option<string> scheme = CommonOptions.Text(
            "--partition-scheme", $"How the space is cut: {string.Join(", ", PartitionSchemes.Names)}", "NAME", Defaults.PartitionScheme);
        Option<int?> partitions = NumberOptions.OptionalWhole(
            "--partitions", "Number of partitions; 1 with the scheme none, otherwise 6 unless given", 1, PartitionSchemes.MaxPartitions);
        Option<int> proposals = NumberOptions.Whole(
            "--proposals", "Architectures requested per partition and generation", Defaults.ProposalsPerPartition,
            1, RequestLimits.MaxProposals);
        Option<string> predictor = CommonOptions.Text(
            "--predictor", $"What the accuracy predictor sees of a cell: {string.Join(", ", PredictorInputs.Names)}",
            "NAME", Defaults.Predictor);
        Option<string?> proxyScores = CommonOptions.Text(
            "--proxy-scores",
            "Where zero-cost scores come from: table (the one that ships), or compute (for the candidates, with networks of the data set; "
                + "needs LibTorch). Default: compute with --images, which are shown to the networks, else table",
            "NAME");
        Option<string?> prior = PriorOption.Create("before its first label");
        Option<int?> maxLlmCalls = NumberOptions.OptionalWhole(
            "--max-llm-calls", "Stop before the proposer is called more often than this", least: 0);
        Option<double?> maxUsd = NumberOptions.Optional(
            "--max-usd", "Stop when the proposer has cost this much", "USD", "a number of 0 or more, such as 0.5");
        Option<double?> maxLatencyMs = NumberOptions.Optional(
            "--max-latency-ms", "Only architectures up to this latency", "MS", "a number over 0, such as 3.5");
        Option<double?> maxParamsM = NumberOptions.Optional(
            "--max-params-m", "Only architectures up to this many million parameters", "M", "a number over 0, such as 0.4");
        Option<double?> maxEnergyMj = NumberOptions.Optional(
            "--max-energy-mj", "Only architectures up to this energy for one image; on edgegpu, eyeriss and fpga",
            "MJ", "a number over 0, such as 12.5");
        Option<bool> verifyFront = CommonOptions.Flag(
            "--verify-front",
            "Measure the predicted latencies of the front and draw it again with them: here, where the device was measured here, "
                + "else by what was added since");
        Option<bool> pathless = CommonOptions.Flag(
            "--label-pathless", "Let the fastest cell of all have a label though no path joins its input and output");
        Option<bool> noHeuristics = CommonOptions.Flag("--no-heuristics", "Ablation: leave out the heuristics step");
        Option<string?> resume = CommonOptions.Text(
            "--resume", "Resume a search that was interrupted, or show a finished one again", "RUN");
        Option<string?> output = CommonOptions.Text(
            "--output", "Folder for result.json, front.csv and report.html (default: runs/RUN; on --resume that of the first time)", "DIR");
        Option<bool> overwrite = CommonOptions.Flag("--overwrite", "Write the result though the folder holds that of another run");
        Option<bool> counterfactual = CommonOptions.Flag(
            "--counterfactual",
            "Say in the result what the search would have come to without its proposer: it is run again without one, on labels from the "
                + "table");
        ProposerOptions proposer = new();
        TrainingOptions training = new();
        Option<string?> record = CommonOptions.Text("--record", "Write every answer to this file, to replay the search from", "FILE");
        Option<string?> replay = CommonOptions.Text(
            "--replay", "Take every answer from this file: no network, no cost, the same front", "FILE");
        Option<bool> dryRun = CommonOptions.Flag("--dry-run", "Only say what the search may cost at most, and ask nobody");
        Option<string> tables = CommonOptions.Tables();
        StoreOptions store = new();
        Option<bool> json = CommonOptions.Json();

        Command command = new(
            "search",
            """
            Search for architectures that are accurate on a data set and fast on a device.

            Runs the app's own orchestrations in this process: per generation and partition the proposer rewrites its heuristics and
            proposes architectures, these are scored without training, and the most promising get a label. Accuracies and latencies come
            from the NAS-Bench-201 and HW-NAS-Bench tables that ship with it.

            Examples:
              pelnas search --dataset cifar10 --device fpga
              pelnas search --dataset cifar100 --device eyeriss --seed 7 --max-labels 60 --output my-run
              pelnas search --dataset cifar10 --device pixel3 --max-latency-ms 12 --json
              pelnas search --images /usr/share/datasets/fashion-mnist --device flops --train-minutes 30 --max-labels 40
              pelnas search --dataset my-data --image-size 64 --classes 12 --device flops \
                --trainer 'python train.py --model {model} --seed {seed}'
              pelnas search --resume 20260101-120000-1a2b3c4d
            """);
        Option[] ofRequest =
        [
            dataset, device, seed, maxLabels, generations, space, labelsFrom, scheme, partitions, proposals, predictor, proxyScores,
            prior, maxLlmCalls, maxUsd, maxLatencyMs, maxParamsM, maxEnergyMj, pathless, noHeuristics,
        ];
        Option[] ofResult = [output, overwrite, json, resume, verifyFront, counterfactual, dryRun, record, replay];
        Option[] ofResumption =
        [
            store.Data, tables, store.Store, counterfactual, verifyFront, record, replay, .. proposer.All, .. training.OfTrainer, json,
        ];
        command.AddAll([.. ofRequest, .. ofResult, .. proposer.All, .. training.All, store.Data, store.Store, tables]);
        command.SetAction(async (ParseResult parsed, CancellationToken cancellationToken) =>
        {
            string? run = parsed.GetValue(resume);
            if (run is not null && parsed.FirstGiven([.. ofRequest, .. training.OfRequest]) is { } extra)
            {
                throw new UsageException($"{extra.Name} cannot be given with --resume: the run keeps the request it was started with.");
            }

            string chosenScheme = parsed.GetValue(scheme)!.ToLowerInvariant();
            string? chosenSpace = parsed.GetValue(space);
            SearchRequest? request = run is not null ? null : new SearchRequest
            {
                Space = NasBench201.Instance.Name.Equals(chosenSpace, StringComparison.OrdinalIgnoreCase) ? null : chosenSpace,
                Dataset = parsed.GetValue(dataset) ?? training.DatasetName(parsed)
                    ?? throw new UsageException("--dataset is missing; give cifar10, cifar100 or imagenet16-120."),
                Device = parsed.GetValue(device) ?? throw new UsageException("--device is missing; 'pelnas devices' lists them."),
                Seed = parsed.GetValue(seed),
                Generations = parsed.GetValue(generations),
                MaxLabels = parsed.GetValue(maxLabels),
                Labels = training.Read(parsed, parsed.GetValue(seed)),
                LabelsFrom = parsed.GetValue(labelsFrom)!,
                PartitionScheme = chosenScheme,
                Partitions = parsed.GetValue(partitions) ?? (chosenScheme == PartitionSchemes.None ? 1 : Defaults.Partitions),
                ProposalsPerPartition = parsed.GetValue(proposals),
                Predictor = parsed.GetValue(predictor)!,
                ProxyScores = parsed.GetValue(proxyScores),
                Prior = PriorOption.Read(parsed.GetValue(prior)),
                MaxLlmCalls = parsed.GetValue(maxLlmCalls),
                MaxUsd = parsed.GetValue(maxUsd),
                MaxLatencyMs = parsed.GetValue(maxLatencyMs),
                MaxParamsM = parsed.GetValue(maxParamsM),
                MaxEnergyMj = parsed.GetValue(maxEnergyMj),
                LabelPathless = parsed.GetValue(pathless),
                UseHeuristics = !parsed.GetValue(noHeuristics),
            };
            Dictionary<string, string?> settings = proposer.Read(parsed);
            settings[$"{ChatProviderOptions.Section}:{nameof(ChatProviderOptions.Record)}"] = parsed.GetValue(record);
            settings[$"{ChatProviderOptions.Section}:{nameof(ChatProviderOptions.Replay)}"] = parsed.GetValue(replay);
            SearchJob job = new(
                request,
                run,
                parsed.GetValue(store.Data)!,
                parsed.GetValue(tables)!,
                parsed.GetValue(output),
                parsed.GetValue(overwrite),
                parsed.GetValue(json),
                settings,
                parsed.GetValue(store.Store),
                parsed.GetValue(counterfactual),
                ShellWords.Repeat(parsed, ofResumption),
                training.Trainer(parsed),
                parsed.GetValue(verifyFront));
            return await (parsed.GetValue(dryRun)
                ? DryRun.RunAsync(job, cancellationToken)
                : SearchRunner.RunAsync(job, cancellationToken));
        });
        return command;
    }
}
