namespace PelNas.Cli.Tests.Support;

/// <summary>What a process left.</summary>
public sealed record Finished(int ExitCode, string Output, string Errors)
{
    /// <summary>The run that a search names in its first line.</summary>
    public string RunId => Output.Split('\n')[0]["run ".Length..];

    public Finished ShouldSucceed()
    {
        ExitCode.ShouldBe(0, Errors);
        return this;
    }

    public void ShouldFail(int exitCode, string because)
    {
        ExitCode.ShouldBe(exitCode, Errors);
        Errors.ShouldContain(because);
    }

    /// <summary>The command line must be refused in one line, with nothing done.</summary>
    public void ShouldBeRefused(string because, int exitCode = 2)
    {
        ShouldFail(exitCode, because);
        Output.ShouldBeEmpty();
        Errors.TrimEnd('\n').ShouldNotContain('\n');
    }
}
