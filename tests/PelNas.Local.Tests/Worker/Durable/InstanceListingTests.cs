using System.Net;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace PelNas.Local.Tests.Worker.Durable;

public sealed class InstanceListingTests : IAsyncLifetime
{
    private const string Api = "runtime/webhooks/durabletask/instances";

    private TestHost _host = null!;

    private DurableTaskClient Client => _host.Services.GetRequiredService<DurableTaskClient>();

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync<InstanceFunctions>();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Instances_are_listed_by_status_prefix_and_time()
    {
        await Client.StartAsync("Wait", "a-wait");
        await Client.CompleteAsync("Echo", "a-echo", "x");
        await Client.CompleteAsync("Echo", "b-echo", "y");
        await Client.CompleteAsync("Fail", "b-fail");

        (await ListAsync("")).ShouldBe(["a-echo", "a-wait", "b-echo", "b-fail"], ignoreOrder: true);
        (await ListAsync("?instanceIdPrefix=a-")).ShouldBe(["a-echo", "a-wait"], ignoreOrder: true);
        (await ListAsync("?runtimeStatus=Completed,Failed")).ShouldBe(["a-echo", "b-echo", "b-fail"], ignoreOrder: true);
        (await ListAsync("?runtimeStatus=Failed&runtimeStatus=running")).ShouldBe(["a-wait", "b-fail"], ignoreOrder: true);
        (await ListAsync("?createdTimeFrom=2999-01-01T00:00:00Z")).ShouldBeEmpty();
        (await ListAsync("?createdTimeTo=2999-01-01T00:00:00Z&createdTimeFrom=2000-01-01T00:00:00")).Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_long_list_comes_in_pages()
    {
        for (var i = 0; i < 5; i++)
        {
            await Client.CompleteAsync("Echo", $"i{i}", "x");
        }

        var seen = new List<string>();
        var token = string.Empty;
        var pages = 0;
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{Api}?top=2&code={_host.Keys.DurableTask}");
            request.Headers.TryAddWithoutValidation("x-ms-continuation-token", token);
            var response = await _host.Client.SendAsync(request, Token);
            seen.AddRange((await response.JsonAsync()).EnumerateArray().Select(status => status.GetProperty("instanceId").GetString()!));
            token = response.Headers.GetValues("x-ms-continuation-token").Single();
            pages++;
        }
        while (token.Length > 0);

        pages.ShouldBe(3);
        seen.ShouldBe(["i0", "i1", "i2", "i3", "i4"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("?top=none", "The query parameter 'top' cannot be 'none'.")]
    [InlineData("?top=0", "The query parameter 'top' cannot be '0'.")]
    [InlineData("?runtimeStatus=Lost", "The query parameter 'runtimeStatus' cannot be 'Lost'.")]
    [InlineData("?runtimeStatus=99", "The query parameter 'runtimeStatus' cannot be '99'.")]
    [InlineData("?runtimeStatus=1", "The query parameter 'runtimeStatus' cannot be '1'.")]
    [InlineData("?createdTimeFrom=soon", "The query parameter 'createdTimeFrom' cannot be 'soon'.")]
    public async Task A_query_that_cannot_be_read_is_a_bad_request_that_names_the_parameter(string query, string expected)
    {
        var response = await _host.GetAsync(Api + query, _host.Keys.DurableTask);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.JsonAsync()).GetProperty("detail").GetString().ShouldBe(expected);
    }

    [Fact]
    public async Task A_continuation_token_that_is_none_is_a_bad_request_that_names_the_header()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Api}?code={_host.Keys.DurableTask}");
        request.Headers.Add("x-ms-continuation-token", "abc");

        var response = await _host.Client.SendAsync(request, Token);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.JsonAsync()).GetProperty("detail").GetString()!.ShouldStartWith("The header 'x-ms-continuation-token' cannot be 'abc'");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<IReadOnlyList<string>> ListAsync(string query)
    {
        var response = await _host.GetAsync(Api + query, _host.Keys.DurableTask);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return [.. (await response.JsonAsync()).EnumerateArray().Select(status => status.GetProperty("instanceId").GetString()!)];
    }
}
