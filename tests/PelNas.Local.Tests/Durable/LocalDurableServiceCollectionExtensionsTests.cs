using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PelNas.Local.Durable;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Tests.Durable;

public sealed class LocalDurableServiceCollectionExtensionsTests : DurableTest
{
    [Fact]
    public async Task The_engine_runs_with_the_generic_host()
    {
        Functions
            .Orchestrator("Calls", c => c.CallActivityAsync<int>("Add", 1))
            .Activity<int, int>("Add", n => n + 1);
        using IHost host = Build(options => options.HistoryPath = File.Path);
        await host.StartAsync(Cancellation);
        DurableTaskClient client = host.Services.GetRequiredService<DurableTaskClient>();

        string id = await client.ScheduleNewOrchestrationInstanceAsync("Calls", Cancellation);
        OrchestrationMetadata result = await Awaiting.For(client.WaitForInstanceCompletionAsync(id, true, Cancellation), "the end");
        RecordedHistory history = host.Services.GetRequiredService<LocalDurableHistory>().Read(id)!;
        await host.StopAsync(Cancellation);

        result.ReadOutputAs<int>().ShouldBe(2);
        history.Events.Count(e => e.Kind == HistoryEventKind.TaskCompleted).ShouldBe(1);
    }

    [Fact]
    public async Task A_history_file_in_use_fails_the_start_of_the_host()
    {
        using HistoryStore other = new(File.Path, []);
        using IHost host = Build(options => options.HistoryPath = File.Path);

        (await Should.ThrowAsync<HistoryFileException>(() => host.StartAsync(Cancellation))).Message.ShouldContain("is in use by process");
    }

    [Fact]
    public async Task Settings_without_meaning_fail_the_start_with_their_name()
    {
        await ShouldFailAsync(options => options.HistoryPath = " ", "HistoryPath is empty");
        await ShouldFailAsync(options => options.MaxConcurrentActivities = 0, "MaxConcurrentActivities is 0");
        await ShouldFailAsync(options => options.MaxConcurrentOrchestrators = -1, "MaxConcurrentOrchestrators is -1");
    }

    private async Task ShouldFailAsync(Action<LocalDurableOptions> configure, string message)
    {
        using IHost host = Build(configure);
        (await Should.ThrowAsync<ArgumentException>(() => host.StartAsync(Cancellation))).Message.ShouldContain(message);
    }

    private IHost Build(Action<LocalDurableOptions> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IDurableFunctions>(Functions);
        builder.Services.AddLocalDurable(configure);
        return builder.Build();
    }
}
