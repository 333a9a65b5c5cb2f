using PelNas.Shared.SearchSpaces;
using Spectre.Console;

namespace PelNas.Cli.Tests.Searching;

/// <summary>The front in terminals that are wide, narrow or none.</summary>
public sealed class FrontTableTests
{
    private static readonly FrontPoint[] Front = [.. new[] { 25, 2578, 15363 }.Select(index => new FrontPoint
    {
        Index = index,
        Architecture = NasBench201.Instance.Format(index),
        Accuracy = 90,
        ValidationAccuracy = 80 + (index / 1000.0),
        TestAccuracy = 81 + (index / 1000.0),
        LatencyMs = 1 + (index / 100.0),
        LatencyLowMs = index / 100.0,
        LatencyHighMs = 2 + (index / 100.0),
        ParamsM = 0.344,
        FlopsM = 50,
        Partition = 2,
        Generation = 5,
    })];

    [Theory]
    [InlineData(120)]
    [InlineData(80)]
    [InlineData(50)]
    public void No_line_of_the_table_is_wider_than_the_terminal(int columns)
    {
        string[] table = [.. Lines("fpga", columns)
            .TakeWhile(
                line => !line.StartsWith("cell: ", StringComparison.Ordinal) && !line.StartsWith("too narrow", StringComparison.Ordinal))];
        table.Max(line => line.Length).ShouldBeLessThanOrEqualTo(columns);
        table.ShouldContain(line => line.Contains("2578", StringComparison.Ordinal) && line.Contains("83.58", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_left_out_is_named()
    {
        string narrow = string.Join('\n', Lines("fpga", 50));
        narrow.ShouldContain("too narrow for: cell, gen, part");
        narrow.ShouldNotContain("operations on");
        string.Join('\n', Lines("fpga", null)).ShouldNotContain("too narrow");
    }

    [Theory]
    [InlineData("fpga", "latency ms")]
    [InlineData("flops", "FLOPs M")]
    [InlineData("params", "params M")]
    public void What_stands_in_the_place_of_latency_is_called_what_it_is(string device, string heading)
    {
        string headings = Lines(device, null).First(line => line.Contains("index", StringComparison.Ordinal));
        headings.ShouldContain(heading);
        headings.Contains("latency ms", StringComparison.Ordinal).ShouldBe(device == "fpga");
        headings.Split("params M").Length.ShouldBe(2);
    }

    private static string[] Lines(string device, int? columns)
    {
        using StringWriter text = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 240;
        FrontTable.Write(console, Front, device, columns);
        return [.. text.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())];
    }
}
