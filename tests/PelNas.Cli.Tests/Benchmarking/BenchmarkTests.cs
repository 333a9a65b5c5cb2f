namespace PelNas.Cli.Tests.Benchmarking;

/// <summary>The verb as a user runs it.</summary>
public sealed class BenchmarkTests : PelnasTest
{
    private string Table => Pelnas.In("out", "benchmark.csv");

    [Fact]
    public async Task A_benchmark_writes_its_tables_and_reports_and_prints_the_summary()
    {
        Finished finished = await BenchmarkAsync(
            "--contexts", "cifar10:fpga", "--strategies", "pel-nas,nsga2,random", "--seeds", "2", "--labels", "20,30");
        finished.ShouldSucceed();
        string[] lines = await File.ReadAllLinesAsync(Table, Cancellation);
        lines.Length.ShouldBe(1 + (3 * 2 * 2));
        lines.ShouldContain(line => line.StartsWith("pel-nas,cifar10:fpga,validation,101,20,offline,20,", StringComparison.Ordinal));
        string[] files = [.. Directory.GetFiles(Pelnas.In("out")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        files.ShouldBe(["benchmark.csv", "curves.csv", "report.html", "summary.json", "summary.md"]);
        finished.Output.ShouldBe(await File.ReadAllTextAsync(Pelnas.In("out", "summary.md"), Cancellation));
        finished.Output.ShouldContain("no LLM was asked");
        finished.Output.ShouldContain("Labels are validation accuracies; fronts are judged on test accuracy.");
        finished.Output.ShouldContain("| *ceiling* | 0.9982 |");

        // No bar where there is no terminal: a line before and a line after.
        finished.Errors.TrimEnd('\n').Split('\n').Length.ShouldBe(2);
    }

    [Fact]
    public async Task The_same_command_again_makes_only_the_rows_that_are_missing()
    {
        string[] command = ["--contexts", "cifar10:fpga", "--strategies", "nsga2,random", "--seeds", "5", "--labels", "30", "--json"];
        Finished first = await BenchmarkAsync(command);
        string whole = await File.ReadAllTextAsync(Table, Cancellation);

        // As a kill in the middle of the last line would leave it, and with one row less.
        string[] lines = whole.Split('\n');
        await File.WriteAllTextAsync(Table, string.Join('\n', lines[..8]) + "\n" + lines[8][..15], Cancellation);
        Finished second = (await BenchmarkAsync(command)).ShouldSucceed();
        second.Errors.ShouldContain("7 of 10 rows are there");
        Figures(await File.ReadAllTextAsync(Table, Cancellation)).ShouldBe(Figures(whole));
        Means(second.Output).ShouldBe(Means(first.Output));
    }

    [Fact]
    public async Task Labels_of_both_kinds_may_stand_in_one_table()
    {
        string[] command = ["--contexts", "cifar10:edgetpu", "--strategies", "random", "--seeds", "2", "--labels", "10"];
        (await BenchmarkAsync(command)).ExitCode.ShouldBe(0);
        Finished test = (await BenchmarkAsync([.. command, "--labels-from", "test"])).ShouldSucceed();
        test.Output.ShouldNotContain("ceiling* |");
        string[] kinds = [.. (await File.ReadAllLinesAsync(Table, Cancellation)).Skip(1).Select(line => line.Split(',')[2])];
        kinds.ShouldBe(["validation", "validation", "test", "test"]);
    }

    [Theory]
    [InlineData("--strategies nsga3", "'nsga3' is unknown")]
    [InlineData("--contexts cifar10:toaster", "'toaster' is unknown")]
    [InlineData("--labels-from train", "--labels-from: 'train' is unknown; allowed are validation, test")]
    [InlineData("--contexts cifar10", "cifar10:fpga, or all or first-eight")]
    [InlineData("--seeds none", "--seeds: 'none'")]
    [InlineData("--labels 0", "--labels: '0'")]
    [InlineData("--workers 0", "--workers: 0")]
    public async Task Bad_input_is_refused_in_one_line_that_names_the_option(string arguments, string expected)
    {
        Finished finished = await BenchmarkAsync(arguments.Split(' '));
        finished.ShouldBeRefused(expected);
        File.Exists(Table).ShouldBeFalse();
    }

    [Fact]
    public async Task A_table_of_another_kind_is_left_alone_and_named()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Table)!);
        await File.WriteAllTextAsync(Table, "name\nAda\n", Cancellation);
        Finished finished = await BenchmarkAsync("--contexts", "cifar10:fpga", "--strategies", "random", "--seeds", "1");
        finished.ShouldFail(1, "benchmark.csv' does not begin with the header");
        (await File.ReadAllTextAsync(Table, Cancellation)).ShouldBe("name\nAda\n");
    }

    private Task<Finished> BenchmarkAsync(params string[] arguments)
        => Pelnas.RunAsync(["benchmark", "--output", Pelnas.In("out"), .. arguments]);

    /// <summary>The rows without their seconds and version, sorted.</summary>
    private static string[] Figures(string table)
        => [.. table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => string.Join(',', line.Split(',')[..^2]))
            .Order(StringComparer.Ordinal)];

    private static double[] Means(string summary)
    {
        using JsonDocument json = JsonDocument.Parse(summary);
        return
        [
            .. json.RootElement.GetProperty("budgets")[0].GetProperty("strategies").EnumerateArray()
                .SelectMany(strategy => strategy.GetProperty("metrics").EnumerateArray())
                .Select(metric => metric.GetProperty("mean").GetDouble()),
        ];
    }
}
