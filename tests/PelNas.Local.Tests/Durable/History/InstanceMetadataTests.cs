using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace PelNas.Local.Tests.Durable.History;

public sealed class InstanceMetadataTests : DurableTest
{
    public InstanceMetadataTests() => Functions
        .Orchestrator("Echo", c => Task.FromResult(c.GetInput<int>()))
        .Orchestrator("Fails", Task (_) => throw new FormatException("no"));

    [Fact]
    public async Task All_instances_are_listed_in_the_order_of_creation()
    {
        await using DurableHost host = await FilledAsync(5);

        (await IdsAsync(host, null)).ShouldBe(["run-0", "run-1", "run-2", "run-3", "run-4"]);
    }

    [Fact]
    public async Task Pages_have_the_asked_size_and_go_on_where_the_last_ended()
    {
        await using DurableHost host = await FilledAsync(5);
        OrchestrationQuery query = new(PageSize: 2);

        List<Page<OrchestrationMetadata>> pages = [];
        await foreach (Page<OrchestrationMetadata> page in host.Client.GetAllInstancesAsync(query).AsPages())
        {
            pages.Add(page);
        }

        pages.Select(p => p.Values.Count).ShouldBe([2, 2, 1]);
        pages[^1].ContinuationToken.ShouldBeNull();
        (await IdsAsync(host, query with { ContinuationToken = pages[0].ContinuationToken })).ShouldBe(["run-2", "run-3", "run-4"]);
    }

    [Fact]
    public async Task A_full_last_page_has_no_continuation()
    {
        await using DurableHost host = await FilledAsync(4);

        List<string?> tokens = [];
        await foreach (Page<OrchestrationMetadata> page in host.Client.GetAllInstancesAsync().AsPages(pageSizeHint: 4))
        {
            tokens.Add(page.ContinuationToken);
        }

        tokens.ShouldBe([null]);
    }

    [Fact]
    public async Task Status_prefix_and_time_of_creation_narrow_the_list()
    {
        await using DurableHost host = await FilledAsync(3);
        DateTimeOffset middle = (await host.Client.GetInstanceAsync("run-1", Cancellation))!.CreatedAt;
        await host.RunAsync("Fails", id: "other");

        (await IdsAsync(host, new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Failed]))).ShouldBe(["other"]);
        (await IdsAsync(host, new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Completed]))).Count.ShouldBe(4);
        (await IdsAsync(host, new OrchestrationQuery(InstanceIdPrefix: "run-"))).ShouldBe(["run-0", "run-1", "run-2"]);
        (await IdsAsync(host, new OrchestrationQuery(InstanceIdPrefix: "RUN-"))).ShouldBeEmpty();
        (await IdsAsync(host, new OrchestrationQuery(CreatedFrom: middle, InstanceIdPrefix: "run-"))).ShouldBe(["run-1", "run-2"]);
        (await IdsAsync(host, new OrchestrationQuery(CreatedTo: middle))).ShouldBe(["run-0", "run-1"]);
    }

    [Fact]
    public async Task Inputs_and_outputs_come_when_asked_for()
    {
        await using DurableHost host = await FilledAsync(2);

        List<int> outputs = [];
        await foreach (OrchestrationMetadata instance in host.Client.GetAllInstancesAsync(new OrchestrationQuery(FetchInputsAndOutputs: true)))
        {
            outputs.Add(instance.ReadOutputAs<int>());
        }

        outputs.ShouldBe([0, 1]);
        (await FirstAsync(host)).SerializedOutput.ShouldBeNull();
    }

    [Fact]
    public async Task A_bad_token_or_page_size_is_refused()
    {
        await using DurableHost host = await FilledAsync(1);

        (await Should.ThrowAsync<ArgumentException>(() => IdsAsync(host, new OrchestrationQuery(ContinuationToken: "next")))).Message.ShouldContain("'next'");
        (await Should.ThrowAsync<ArgumentException>(() => IdsAsync(host, new OrchestrationQuery(PageSize: 0)))).Message.ShouldContain("page size is 0");
    }

    private async Task<DurableHost> FilledAsync(int count)
    {
        DurableHost host = await StartAsync();
        for (int i = 0; i < count; i++)
        {
            Time.Advance(TimeSpan.FromMinutes(1));
            await host.RunAsync("Echo", i, $"run-{i}");
        }

        Time.Advance(TimeSpan.FromMinutes(1));
        return host;
    }

    private static async Task<OrchestrationMetadata> FirstAsync(DurableHost host)
    {
        await foreach (OrchestrationMetadata instance in host.Client.GetAllInstancesAsync())
        {
            return instance;
        }

        throw new InvalidOperationException("There is no instance.");
    }

    private static async Task<List<string>> IdsAsync(DurableHost host, OrchestrationQuery? query)
    {
        List<string> ids = [];
        await foreach (OrchestrationMetadata instance in host.Client.GetAllInstancesAsync(query))
        {
            ids.Add(instance.InstanceId);
        }

        return ids;
    }
}
