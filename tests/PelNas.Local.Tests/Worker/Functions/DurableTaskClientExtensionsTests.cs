using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using PelNas.Local.Tests.Worker.Durable;
using PelNas.Local.Worker.Catalog;

namespace PelNas.Local.Tests.Worker.Functions;

public sealed class DurableTaskClientExtensionsTests
{
    [Fact]
    public async Task The_payload_has_the_hosts_address_the_escaped_id_and_the_key()
    {
        await using var host = await TestHost.StartAsync<InstanceFunctions>();
        var root = $"{host.Client.BaseAddress}runtime/webhooks/durabletask/instances/a%2Fb";
        var code = $"code={host.Keys.DurableTask}";

        var payload = host.Services.GetRequiredService<DurableTaskClient>().CreateHttpManagementPayload("a/b");

        payload.ShouldSatisfyAllConditions(
            () => payload.Id.ShouldBe("a/b"),
            () => payload.StatusQueryGetUri.ShouldBe($"{root}?{code}"),
            () => payload.SendEventPostUri.ShouldBe($"{root}/raiseEvent/{{eventName}}?{code}"),
            () => payload.TerminatePostUri.ShouldBe($"{root}/terminate?reason={{text}}&{code}"),
            () => payload.SuspendPostUri.ShouldBe($"{root}/suspend?reason={{text}}&{code}"),
            () => payload.ResumePostUri.ShouldBe($"{root}/resume?reason={{text}}&{code}"),
            () => payload.PurgeHistoryDeleteUri.ShouldBe($"{root}?{code}"),
            () => payload.RestartPostUri.ShouldBeNull(),
            () => payload.RewindPostUri.ShouldBeNull());
    }

    [Fact]
    public async Task A_requests_address_takes_the_place_of_the_hosts()
    {
        await using var host = await TestHost.StartAsync<InstanceFunctions>();

        var payload = host.Services.GetRequiredService<DurableTaskClient>().CreateHttpManagementPayload("x", new Request(host.Services));

        payload.StatusQueryGetUri.ShouldBe($"https://search.example:8443/runtime/webhooks/durabletask/instances/x?code={host.Keys.DurableTask}");
    }

    [Fact]
    public async Task An_empty_id_is_refused()
    {
        await using var host = await TestHost.StartAsync<InstanceFunctions>();

        Should.Throw<ArgumentException>(() => host.Services.GetRequiredService<DurableTaskClient>().CreateHttpManagementPayload(string.Empty));
    }

    private sealed class Request(IServiceProvider services) : HttpRequestData(
        new FunctionInvocation(services.GetRequiredService<FunctionCatalog>().Http.First(), services, CancellationToken.None))
    {
        public override Uri Url { get; } = new("https://search.example:8443/api/start?code=other");
    }
}
