using System.CommandLine;
using PelNas.Cli.Commands;

namespace PelNas.Cli.Tests.Commands;

public sealed class UsageTests : PelnasTest
{
    [Theory]
    [InlineData("--dataset", "cifar10", "cifar1 fpga")]
    [InlineData("--device", "fpga", "cifar10 toaster")]
    [InlineData("--device", "eyeriss", "cifar100 titan_rtx_1")]
    [InlineData("--max-labels", "1 to 2000", "cifar10 fpga --max-labels 0")]
    [InlineData("--max-labels", "1 to 2000", "cifar10 fpga --max-labels -5")]
    [InlineData("--generations", "1 to 1000", "cifar10 fpga --generations 0")]
    [InlineData("--proposals", "1 to 64", "cifar10 fpga --proposals 65")]
    [InlineData("--partitions", "exactly 6", "cifar10 fpga --partitions 5")]
    [InlineData("--partition-scheme", "latency-quantile", "cifar10 fpga --partition-scheme thirds")]
    [InlineData("--max-llm-calls", "0 or more", "cifar10 fpga --max-llm-calls -1")]
    [InlineData("--max-usd", "0 or more", "cifar10 fpga --max-usd -0.5")]
    [InlineData("--max-latency-ms", "over 0", "cifar10 fpga --max-latency-ms 0")]
    [InlineData("--max-latency-ms", "fastest", "cifar10 fpga --max-latency-ms 0.5")]
    [InlineData("--max-params-m", "smallest", "cifar10 fpga --max-params-m 0.01")]
    [InlineData("--max-latency-ms", "within the other limits", "cifar10 raspi4 --max-latency-ms 0.0113 --max-params-m 0.0734")]
    [InlineData("--partitions", "12 is not allowed: the device's latencies",
        "imagenet16-120 eyeriss --partition-scheme latency-quantile --partitions 12")]
    [InlineData("--device", "has no latency table for cifar100, only for cifar10", "cifar100 pixel2")]
    [InlineData("--labels-from", "allowed are validation, test", "cifar10 fpga --labels-from train")]
    [InlineData("--max-labels", "a whole number from 1 to 2000", "cifar10 fpga --max-labels abc")]
    [InlineData("--partitions", "a whole number from 1 to 12", "cifar10 fpga --partitions 1.5")]
    [InlineData("--max-usd", "a number of 0 or more", "cifar10 fpga --max-usd much")]
    [InlineData("--proposer", "azure-openai, openai, ollama, offline", "cifar10 fpga --proposer gpt")]
    [InlineData("--model", "give the name of the model", "cifar10 fpga --proposer ollama")]
    [InlineData("--seed", "many", "cifar10 fpga --seed many")]
    [InlineData("--sede", "(did you mean '--seed'?)", "cifar10 fpga --sede 2")]
    [InlineData("--dataset", "(did you mean 'cifar10'?)", "cifar1 fpga")]
    [InlineData("--device", "(did you mean 'fpga'?)", "cifar10 fgpa")]
    [InlineData("--predictor", "(did you mean 'both'?)", "cifar10 fpga --predictor bth")]
    [InlineData("--space", "(did you mean 'transnas'?)", "cifar10 fpga --space trasnas")]
    [InlineData("--proposer", "(did you mean 'ollama'?)", "cifar10 fpga --proposer olama")]
    [InlineData("--image-size", "goes with --images or --trainer only", "cifar10 fpga --image-size 16")]
    [InlineData("--classes", "goes with --trainer only", "cifar10 fpga --classes 16")]
    [InlineData("--parallel", "goes with --trainer only", "cifar10 fpga --parallel 2")]
    [InlineData("--verify-front", "no latency of 'fpga' is predicted", "cifar10 fpga --verify-front")]
    [InlineData("--endpoint", "would be ignored", "cifar10 fpga --endpoint http://127.0.0.1:1")]
    [InlineData("--model", "would be ignored", "cifar10 fpga --model gpt --proposer offline")]
    [InlineData("--tables", "there is no folder 'nowhere'", "cifar10 fpga --tables nowhere")]
    [InlineData("--output", "is empty; give a value", "cifar10 fpga --output ")]
    public async Task Bad_input_is_refused_in_one_line_that_names_the_option_and_what_is_allowed(
        string option, string allowed, string arguments)
    {
        string[] words = arguments.Split(' ');

        Finished finished = await Pelnas.RunAsync(
            ["search", "--data", Pelnas.Data, "--dataset", words[0], "--device", words[1], .. words[2..]]);

        finished.ShouldBeRefused(option);
        finished.Errors.ShouldContain(allowed);
        finished.Errors.ShouldNotContain("..");
        finished.Errors.ShouldNotContain("System.");
    }

    [Theory]
    [InlineData("search", "--dataset is missing")]
    [InlineData("search --dataset cifar10", "--device is missing")]
    [InlineData("serve --address localhost", "--address: 'localhost' is not an IP address")]
    [InlineData("search --resume 20260101-000000-a --seed 3", "--seed cannot be given with --resume")]
    [InlineData("serve --port 70000", "--port: 70000")]
    [InlineData("supernet", "--images")]
    [InlineData("supernet darts --images nowhere --minutes 0", "--minutes: 0")]
    [InlineData("supernet dartz --images nowhere", "NAME: 'dartz'")]
    [InlineData("supernet darts --images nowhere", "--images: ")]
    [InlineData("benchmark --scores nowhere.csv", "--scores: there is no file 'nowhere.csv'")]
    [InlineData("dream", "'dream'")]
    [InlineData("serch", "(did you mean 'search'?)")]
    [InlineData("serch --help", "(did you mean 'search'?)")]
    [InlineData("benchmark --strategies pelnas", "(did you mean 'pel-nas'?)")]
    [InlineData("", "give one of the commands search, serve, ")]
    [InlineData("spaces", "give one of the commands list, add.")]
    [InlineData("runs compare", "RUN: give the ids of two runs or more")]
    [InlineData("runs compare 20260101-000000-a", "RUN: give the ids of two runs or more")]
    [InlineData("import nowhere.json", "FILE: there is no file 'nowhere.json'")]
    public async Task A_command_line_that_cannot_be_run_is_refused(string arguments, string expected)
    {
        (await Pelnas.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldBeRefused(expected);
    }

    [Fact]
    public async Task Names_are_taken_however_they_are_written()
    {
        Finished finished = await Pelnas.SearchAsync(
            "out", "--dataset", "CIFAR10", "--device", "FPGA", "--partition-scheme", "None", "--proposer", "Offline",
            "--prior", "None", "--space", "NAS-Bench-201", "--generations", "1", "--max-labels", "6");
        finished.ShouldSucceed();
        finished.Output.ShouldContain("cifar10 on fpga, seed 1, 1 partitions (none), proposer offline");
    }

    [Fact]
    public async Task An_output_folder_that_cannot_be_written_is_refused_before_the_search()
    {
        string file = Pelnas.In("taken");
        await File.WriteAllTextAsync(file, "", Cancellation);

        Finished finished = await Pelnas.RunProcessAsync(
            "search", "--data", Pelnas.Data, "--dataset", "cifar10", "--device", "fpga", "--output", Path.Combine(file, "below"));

        finished.ShouldBeRefused("--output");
        Directory.Exists(Path.Combine(Pelnas.Data, "searches")).ShouldBeFalse("a search that is refused leaves no history");
    }

    [Theory]
    [InlineData("""{"name":"a","table":{"file":"a.csv"},"table":{"file":"b.csv"}}""", "Duplicate property 'table'")]
    [InlineData("""{"name":"a","table":{"file":"\u0000"}}""", "/decisions: must be a list")]
    public async Task A_definition_of_a_space_that_cannot_be_read_is_refused(string json, string expected)
    {
        string file = Pelnas.In("space.json");
        await File.WriteAllTextAsync(file, json, Cancellation);
        (await Pelnas.RunAsync("spaces", "add", file, "--data", Pelnas.Data)).ShouldBeRefused(expected);
    }

    [Theory]
    [InlineData("20260101-000000-nothere")]
    [InlineData("../../etc/passwd")]
    public async Task A_run_that_does_not_exist_cannot_be_resumed(string run)
    {
        (await Pelnas.RunProcessAsync("search", "--data", Pelnas.Data, "--resume", run)).ShouldFail(1, $"There is no run '{run}'");
    }

    [Theory]
    [InlineData("nasbench201-accuracy.csv.gz")]
    [InlineData("hwnasbench-cifar10-latency-ms.csv.gz")]
    [InlineData("zerocost-proxies-cifar10.csv.gz")]
    [InlineData("manifest.json")]
    public async Task A_damaged_missing_or_misplaced_data_file_is_named_before_the_search(string file)
    {
        string tables = CopyTables();
        string damaged = Path.Combine(tables, file);
        byte[] bytes = await File.ReadAllBytesAsync(damaged, Cancellation);
        await ShouldBeNamedAsync(() => File.WriteAllBytes(damaged, bytes[..(bytes.Length / 2)]));
        await ShouldBeNamedAsync(() => File.Delete(damaged));
        await ShouldBeNamedAsync(() => Directory.CreateDirectory(damaged));

        async Task ShouldBeNamedAsync(Action damage)
        {
            damage();
            (await Pelnas.SearchAsync("out", "--dataset", "cifar10", "--device", "fpga", "--tables", tables))
                .ShouldBeRefused($"pelnas: Data file {damaged}: ", exitCode: 1);
        }
    }

    [Fact]
    public async Task A_predictor_without_proxies_needs_no_table_of_them()
    {
        string tables = CopyTables();
        File.Delete(Path.Combine(tables, "zerocost-proxies-cifar10.csv.gz"));

        (await Pelnas.SearchAsync(
            "out", "--dataset", "cifar10", "--device", "fpga", "--tables", tables, "--predictor", "paths",
            "--generations", "2", "--max-labels", "30")).ShouldSucceed();
    }

    [Theory]
    [InlineData("--help", "search")]
    [InlineData("search --help", "pelnas search --resume")]
    [InlineData("serve --help", "x-functions-key")]
    [InlineData("devices --help", "--json")]
    public async Task Help_teaches(string arguments, string expected)
    {
        (await Pelnas.RunProcessAsync(arguments.Split(' '))).ShouldSucceed().Output.ShouldContain(expected);
    }

    [Fact]
    public async Task Every_verb_has_help_that_needs_none_of_its_arguments()
    {
        List<string[]> verbs = [.. Verbs(PelnasCommand.Create(), [])];
        verbs.Count.ShouldBeGreaterThan(20);
        foreach (string[] verb in verbs)
        {
            Finished help = (await Pelnas.RunAsync([.. verb, "--help"])).ShouldSucceed();
            help.Output.ShouldContain(string.Join(' ', verb), customMessage: "its usage");
        }

        static IEnumerable<string[]> Verbs(Command command, string[] names)
            => command.Subcommands.SelectMany(verb => Verbs(verb, [.. names, verb.Name])).Prepend(names);
    }

    [Fact]
    public async Task A_list_of_verbs_has_a_line_for_each_and_the_help_of_one_its_paragraphs_whole()
    {
        string list = (await Pelnas.RunProcessAsync("--help")).Output;
        list.ShouldNotContain("pelnas benchmark");
        string[] verbs = list[list.IndexOf("Commands:", StringComparison.Ordinal)..].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        verbs.Skip(1).ShouldAllBe(line => line.StartsWith("  ") && line.TrimEnd().EndsWith('.') && char.IsAsciiLetter(line[2]));

        string help = (await Pelnas.RunProcessAsync("benchmark", "--help")).Output;
        help.ShouldContain("Writes benchmark.csv (every run), curves.csv, summary.md, summary.json and report.html. Runs that");
        help.ShouldContain("  Examples:\n    pelnas benchmark\n    pelnas benchmark --contexts");
    }

    [Fact]
    public async Task A_file_in_a_folder_that_is_not_there_is_named_with_the_folder()
    {
        string folder = Path.Combine(Pelnas.Folder, "nowhere");
        string file = Path.Combine(folder, "cell.onnx");

        Finished finished = await Pelnas.RunAsync("model", "6111", "--format", "onnx", "--output", file);

        finished.ExitCode.ShouldBe(1);
        finished.Errors.ShouldStartWith($"pelnas: '{file}' cannot be written: there is no folder '{folder}'. Give a file ");
        finished.Errors.TrimEnd('\n').ShouldNotContain('\n');
    }

    [Fact]
    public async Task Devices_lists_every_device_with_its_data_sets()
    {
        Finished finished = (await Pelnas.RunAsync("devices")).ShouldSucceed();
        foreach (string device in new[] { "raspi4", "pixel3", "eyeriss", "fpga", "edgetpu", "titan_rtx_256" })
        {
            finished.Output.ShouldContain(device);
        }

        finished.Output.ShouldContain("4,699");
    }

    private string CopyTables()
    {
        string tables = Pelnas.In("tables");
        Directory.CreateDirectory(tables);
        foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "data")))
        {
            File.Copy(file, Path.Combine(tables, Path.GetFileName(file)));
        }

        return tables;
    }
}
