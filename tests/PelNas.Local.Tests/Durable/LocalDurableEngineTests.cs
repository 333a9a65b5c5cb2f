using Microsoft.DurableTask.Client;

namespace PelNas.Local.Tests.Durable;

public sealed class LocalDurableEngineTests : IDisposable
{
    private readonly HistoryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task An_orchestration_calls_activities_one_after_another()
    {
        LambdaFunctions functions = new LambdaFunctions()
            .Orchestrator("Sum", async context =>
            {
                int sum = 0;
                for (int i = 1; i <= context.GetInput<int>(); i++)
                {
                    sum = await context.CallActivityAsync<int>("Add", new[] { sum, i });
                }

                return sum;
            })
            .Activity<int[], int>("add", pair => pair[0] + pair[1]);
        await using DurableHost host = await DurableHost.StartAsync(functions, _file);

        OrchestrationMetadata result = await host.RunAsync("sum", 10);

        result.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        result.ReadOutputAs<int>().ShouldBe(55);
        functions.Runs.Values.ShouldAllBe(runs => runs == 1);
    }
}
