using System.Diagnostics;

namespace PelNas.Cli.Tests;

/// <summary>Ctrl-C, as the signal that a terminal makes of it.</summary>
public sealed class InterruptionTests : PelnasTest
{
    [Fact]
    public async Task An_interrupted_search_goes_on_by_the_hint_as_it_is_printed_and_writes_where_it_would_have()
    {
        // A folder whose name a shell would take for two words.
        string data = Pelnas.In("my data");
        string[] search = ["search", "--dataset", "cifar10", "--device", "fpga", "--data", data, "--output", Pelnas.In("out")];

        Finished interrupted = await Pelnas.InterruptAsync(process => process.StandardOutput.ReadLineAsync(Cancellation).AsTask(), search);

        interrupted.ExitCode.ShouldBe(130);
        string line = interrupted.Errors.TrimEnd('\n');
        line.ShouldNotContain('\n');
        line.ShouldStartWith("pelnas: interrupted; resume with: pelnas search --resume 2");

        Finished resumed = await Pelnas.RunScriptAsync($"({line.Split("resume with: ")[1]})");

        resumed.Errors.ShouldNotContain("pelnas:");
        ResultDocument.Read(Pelnas.In("out"))["runId"]!.GetValue<string>().ShouldBe(resumed.RunId);
    }

    [Fact]
    public async Task A_verb_that_waits_for_a_service_ends_in_one_line()
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using LoopbackModel model = await LoopbackModel.StartAsync(_ =>
        {
            asked.TrySetResult();
            return new Silence("");
        });

        Finished interrupted = await Pelnas.InterruptAsync(
            _ => asked.Task, "doctor", "--proposer", "ollama", "--model", LoopbackModel.Model, "--endpoint", model.BaseUri.ToString());

        interrupted.ExitCode.ShouldBe(130);
        interrupted.Errors.ShouldBe("pelnas: interrupted\n");
    }

    [Fact]
    public async Task A_verb_that_does_not_listen_ends_in_one_line()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs the mkfifo of Linux.");
        string pipe = Pelnas.In("pipe");
        using Process mkfifo = Process.Start("mkfifo", [pipe]);
        await mkfifo.WaitForExitAsync(Cancellation);
        FileStream? writer = null;

        // Opening it waits for the reader, who then waits for the first byte.
        Finished interrupted = await Pelnas.InterruptAsync(
            _ => Task.Run(() => writer = new FileStream(pipe, FileMode.Open, FileAccess.Write), Cancellation),
            "import", pipe, "--data", Pelnas.Data);
        await writer!.DisposeAsync();

        interrupted.ExitCode.ShouldBe(130);
        interrupted.Errors.ShouldBe("pelnas: interrupted\n");
    }
}
