using System.Diagnostics;
using System.IO.Pipes;
using System.Reflection;
using Microsoft.DurableTask.Client;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Tests.Durable.History;

public sealed class HistoryFileLockTests : DurableTest
{
    [Fact]
    public void A_second_store_on_the_same_file_is_refused_with_the_owners_process_id()
    {
        using HistoryStore first = new(File.Path, []);

        HistoryFileException e = Should.Throw<HistoryFileException>(() => new HistoryStore(File.Path, []));

        e.Message.ShouldContain($"is in use by process {Environment.ProcessId}.");
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void An_owner_that_has_not_written_its_process_id_is_said_to_be_unknown(string? owner)
    {
        using HistoryStore first = new(File.Path, []);
        System.IO.File.Delete(File.Path + ".owner");
        if (owner is not null)
        {
            System.IO.File.WriteAllText(File.Path + ".owner", owner);
        }

        Should.Throw<HistoryFileException>(() => new HistoryStore(File.Path, [])).Message.ShouldContain("is in use by process (unknown).");
    }

    [Fact]
    public void Files_left_behind_by_a_dead_process_do_no_harm()
    {
        System.IO.File.WriteAllText(File.Path + ".lock", string.Empty);
        System.IO.File.WriteAllText(File.Path + ".owner", "999999");

        Should.NotThrow(() => new HistoryStore(File.Path, []).Dispose());
    }

    [Fact]
    public async Task A_process_that_is_killed_leaves_a_history_that_the_next_one_goes_on_with()
    {
        string pipeName = $"pelnas-{Guid.NewGuid():N}";
        await using NamedPipeServerStream pipe = new(pipeName, PipeDirection.In, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
        using Process other = StartOther(pipeName);
        try
        {
            await Awaiting.For(pipe.WaitForConnectionAsync(Cancellation), "the other process's second activity");
            Should.Throw<HistoryFileException>(() => new HistoryStore(File.Path, [])).Message.ShouldContain($"is in use by process {other.Id}.");
        }
        finally
        {
            other.Kill();
            await other.WaitForExitAsync(Cancellation);
        }

        HistoryHolder.AddSample(Functions, () => Task.CompletedTask);
        await using DurableHost host = await StartAsync();
        OrchestrationMetadata result = await host.FinishAsync(HistoryHolder.InstanceId);

        result.ReadOutputAs<int>().ShouldBe(3);
        Functions.Runs.Keys.ShouldBe(["Second 1"]);
    }

    private Process StartOther(string pipeName)
    {
        string program = Path.ChangeExtension(Assembly.GetExecutingAssembly().Location, OperatingSystem.IsWindows() ? ".exe" : null)!;
        return Process.Start(new ProcessStartInfo(program, [HistoryHolder.Verb, File.Path, pipeName])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
