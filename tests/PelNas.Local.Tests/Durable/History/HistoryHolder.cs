using System.IO.Pipes;

namespace PelNas.Local.Tests.Durable.History;

/// <summary>The process that a test kills: it runs an orchestration on a history file and hangs in its second activity.</summary>
internal static class HistoryHolder
{
    /// <summary>What the test program is called with, before the history's path and the pipe's name.</summary>
    public const string Verb = "hold-history";

    public const string InstanceId = "sample";

    /// <summary>Starts the orchestration and stays until the standard input is closed.</summary>
    /// <param name="historyPath">The history's file.</param>
    /// <param name="pipeName">A pipe that is connected to once the second activity runs.</param>
    public static async Task<int> RunAsync(string historyPath, string pipeName)
    {
        LambdaFunctions functions = new();
        AddSample(functions, async () =>
        {
            await using NamedPipeClientStream pipe = new(".", pipeName, PipeDirection.Out, PipeOptions.Asynchronous);
            await pipe.ConnectAsync();
            await Task.Delay(Timeout.Infinite);
        });
        DurableHost host = await DurableHost.StartAsync(functions, historyPath);
        await host.ScheduleAsync("Sample", id: InstanceId);

        // Ends without a stop when the test's process has gone without killing this one.
        await Console.In.ReadToEndAsync();
        return 1;
    }

    /// <summary>Adds the orchestration: 0, plus 1 by the first activity, plus 2 by the second.</summary>
    public static void AddSample(LambdaFunctions functions, Func<Task> inSecond) => functions
        .Orchestrator("Sample", async context => await context.CallActivityAsync<int>("Second", await context.CallActivityAsync<int>("First", 0)))
        .Activity<int, int>("First", n => n + 1)
        .Activity<int, int>("Second", async (n, _) =>
        {
            await inSecond();
            return n + 2;
        });
}
