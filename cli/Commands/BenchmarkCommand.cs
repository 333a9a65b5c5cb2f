using PelNas.Cli.Benchmarking;
using PelNas.Functions;
using PelNas.Shared.Comparison;
using PelNas.Shared.Comparison.Strategies;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas benchmark</c>: compares search strategies at equal label budgets.</summary>
internal static class BenchmarkCommand
{
    private const int MostWorkers = 256;

    public static Command Create()
    {
        Option<string> space = CommonOptions.Text(
            "--space", $"The search space: {string.Join(", ", [NasBench201.Instance.Name, .. BenchmarkTables.OtherSpaces])}",
            "NAME", NasBench201.Instance.Name);
        Option<string> contexts = CommonOptions.Text(
            "--contexts",
            "Data set and device pairs, such as cifar10:fpga,cifar100:eyeriss, or all (the eighteen of the paper) or first-eight "
                + "(those of the first version)",
            "LIST", ContextGroups.All);
        Option<string> strategies = CommonOptions.Text(
            "--strategies",
            "Names, all (pel-nas and the lines to beat), ablations (pel-nas with a part left out), systems (other papers' systems), "
                + "or several of these",
            "LIST", "all");
        Option<string> seeds = CommonOptions.Text(
            "--seeds", "A number of seeds, counted from 101, or a range such as 101-130", "SEEDS", "30");
        Option<string> labels = CommonOptions.Text("--labels", "Label budgets, such as 60,120,300", "LIST", "120");
        Option<string> labelsFrom = CommonOptions.Choice(
            "--labels-from",
            "Which accuracies labels are: validation, or test to compare with what others publish; fronts are judged on test accuracy",
            LabelSources.Names, LabelSources.Validation);
        Option<string?> prior = PriorOption.Create("in the rows of pel-nas-prior, which come with a file or transfer");
        Option<string?> scores = CommonOptions.Text(
            "--scores",
            "Files of scores of pelnas supernet --judge N; each is one of the systems, by the name of its file, such as "
                + "beta-darts-fashion-mnist-20min",
            "LIST");
        Option<int> workers = NumberOptions.Workers("Runs at a time", MostWorkers);
        Option<string> output = CommonOptions.Text(
            "--output", "Folder for the tables and reports; a benchmark that was interrupted continues there", "DIR", "benchmark");
        Option<string> tables = CommonOptions.Tables();
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "benchmark",
            """
            Compare search strategies on the benchmark tables at equal numbers of labels.

            All strategies pay their labels to one ledger and are measured by the same code. Writes benchmark.csv (every run), curves.csv,
            summary.md, summary.json and report.html. Runs that are in benchmark.csv are not made again.

            Examples:
              pelnas benchmark
              pelnas benchmark --contexts cifar10:fpga --strategies pel-nas,nsga2,random --seeds 10 --labels 60,120
              pelnas benchmark --strategies pel-nas,ablations --seeds 101-130 --output ablations
            """)
        {
            space, contexts, strategies, seeds, labels, labelsFrom, prior, scores, workers, output, tables, json,
        };
        command.SetAction(async (ParseResult parsed, CancellationToken cancellationToken) =>
        {
            BenchmarkTables open = PelNasServices.OpenTables(parsed.GetValue(tables)!);
            ISpaceBenchmark? other = BenchmarkLists.Space(parsed.GetValue(space)!.ToLowerInvariant(), open);
            string pairs = parsed.GetValue(contexts)!.ToLowerInvariant();
            BenchmarkPlan plan = new(
                other is null ? BenchmarkLists.Contexts(pairs, open) : BenchmarkLists.Contexts(pairs, other),
                BenchmarkLists.Strategies(
                    parsed.GetValue(strategies)!.ToLowerInvariant(),
                    new StrategyCatalog(open, Prior(parsed.GetValue(prior)), Files(parsed.GetValue(scores)), other?.Space)),
                BenchmarkLists.Seeds(parsed.GetValue(seeds)!),
                BenchmarkLists.Budgets(parsed.GetValue(labels)!, other?.Architectures ?? open.Space.Size),
                parsed.GetValue(labelsFrom)!);
            IEnumerable<string> words = new[] { space, contexts, strategies, seeds, labels, labelsFrom }
                .Select(option => $"{option.Name} {Words(parsed.GetValue(option)!)}");
            string again = $"pelnas benchmark {string.Join(' ', words)}"
                + (parsed.GetValue(prior) is { } told ? $" --prior {told}" : "")
                + (parsed.GetValue(scores) is { } scored ? $" --scores {Words(scored)}" : "");
            return await BenchmarkVerb.RunAsync(
                plan, parsed.GetValue(output)!, parsed.GetValue(workers), again, parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    /// <summary>A benchmark asks no language model.</summary>
    private static string? Prior(string? prior)
    {
        string? source = PriorOption.Read(prior);
        return source is null or PriorSources.None or PriorSources.Transfer || File.Exists(source)
            ? source
            : throw new UsageException(
                $"--prior: '{prior}' is not allowed; give {PriorSources.None}, {PriorSources.Transfer}, or the path of a CSV file with "
                    + "index or architecture, and accuracy.");
    }

    private static string[] Files(string? list)
    {
        string[] files = list?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        return files.FirstOrDefault(file => !File.Exists(file)) is { } missing
            ? throw new UsageException(
                $"--scores: there is no file '{missing}'; give scores.csv files of pelnas supernet --judge N, separated by commas.")
            : files;
    }

    /// <summary>A list as one word of a command line.</summary>
    private static string Words(string list) => list.Replace(" ", "", StringComparison.Ordinal);
}
