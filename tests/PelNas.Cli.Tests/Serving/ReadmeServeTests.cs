using System.Net.NetworkInformation;

namespace PelNas.Cli.Tests.Serving;

/// <summary>The walkthrough's examples of the HTTP API, pasted as they stand there.</summary>
public sealed class ReadmeServeTests : PelnasTest
{
    private static readonly string[] Tools = ["bash", "curl", "jq", "awk"];

    [Fact]
    public async Task The_block_can_be_pasted_as_a_whole()
    {
        Assert.SkipUnless(
            !OperatingSystem.IsWindows() && Tools.All(IsInstalled), $"The examples are written for {string.Join(", ", Tools)}.");
        string block = Readme.BlockAfter("## Serve", "walkthrough.md");
        block.ShouldContain("--port 7071");

        Finished finished = await Pelnas.RunScriptAsync(block.Replace("7071", $"{FreePort()}", StringComparison.Ordinal));

        finished.Errors.ShouldBeEmpty();
        finished.Output.Split('\n').Where(line => line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal))
            .Select(line => line.TrimEnd()["HTTP/1.1 ".Length..])
                .ShouldBe(["202 Accepted", "202 Accepted", "201 Created", "204 No Content"]);
        string[] answers = [.. finished.Output.Split('\n').Where(line => line.StartsWith('{'))];
        answers.Length.ShouldBe(5, finished.Output);
        answers[0].ShouldContain("\"progress\":");
        answers[1].ShouldContain("\"status\":\"completed\"");
        answers[2].ShouldContain("\"heuristics\":[{");
        answers[3].ShouldStartWith("{\"index\":219,");
        answers[4].ShouldContain("\"architectures\":15625");
        finished.Output.ShouldContain("index,architecture,accuracy,");
        (await File.ReadAllTextAsync(Pelnas.In("serve.log"), Cancellation)).ShouldContain("Application is shutting down");
    }

    private static bool IsInstalled(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, tool)));

    /// <summary>A free port below those that the system gives to whoever asks for any: it stays free until it is used.</summary>
    private static int FreePort()
    {
        int[] taken = [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port)];
        return Enumerable.Range(20_000 + (Environment.ProcessId % 5_000), 5_000).First(port => !taken.Contains(port));
    }
}
