using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PelNas.Local.Durable;
using PelNas.Local.Durable.History;
using PelNas.Local.Tests.Durable;

namespace PelNas.Local.Tests.Worker.Durable;

public sealed class DurableManagementApiTests : IAsyncLifetime
{
    private const string Api = "runtime/webhooks/durabletask/instances";

    private readonly CommitLog _commits = new();
    private TestHost _host = null!;

    private DurableTaskClient Client => _host.Services.GetRequiredService<DurableTaskClient>();

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync<InstanceFunctions>(builder =>
        builder.Services.Configure<LocalDurableOptions>(options => options.Observers.Add(_commits)));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_waiting_instance_is_accepted_with_where_and_when_to_ask_again()
    {
        await Client.StartAsync("Wait", "w1", new { Seed = 7 });

        var response = await SendAsync(HttpMethod.Get, "w1");

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        response.Headers.Location!.AbsolutePath.ShouldBe($"/{Api}/w1");
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        var status = await response.JsonAsync();
        status.EnumerateObject().Select(property => property.Name).ShouldBe(
            ["name", "instanceId", "runtimeStatus", "input", "customStatus", "output", "createdTime", "lastUpdatedTime"]);
        status.GetProperty("name").GetString().ShouldBe("Wait");
        status.GetProperty("instanceId").GetString().ShouldBe("w1");
        status.GetProperty("runtimeStatus").GetString().ShouldBe("Running");
        status.GetProperty("input").GetProperty("Seed").GetInt32().ShouldBe(7);
        status.GetProperty("customStatus").GetProperty("step").GetInt32().ShouldBe(1);
        status.GetProperty("output").ValueKind.ShouldBe(JsonValueKind.Null);
        status.GetProperty("createdTime").GetString()!.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$");
    }

    [Fact]
    public async Task A_completed_instance_shows_its_output_and_its_input_unless_told_not_to()
    {
        await Client.CompleteAsync("Echo", "e1", "hello");

        var response = await SendAsync(HttpMethod.Get, "e1");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.JsonAsync()).GetProperty("output").GetString().ShouldBe("hello");
        (await response.JsonAsync()).GetProperty("input").GetString().ShouldBe("hello");
        (await (await SendAsync(HttpMethod.Get, "e1?showInput=false")).JsonAsync()).GetProperty("input").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_failed_instance_shows_what_went_wrong_and_is_a_server_error_only_if_asked()
    {
        await Client.CompleteAsync("Fail", "f1");

        var response = await SendAsync(HttpMethod.Get, "f1");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.JsonAsync()).GetProperty("runtimeStatus").GetString().ShouldBe("Failed");
        (await response.JsonAsync()).GetProperty("output").GetString().ShouldBe("no luck");
        (await SendAsync(HttpMethod.Get, "f1?returnInternalServerErrorOnFailure=true")).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
    }

    [Fact]
    public async Task Terminating_ends_an_instance_with_the_reason_as_its_output()
    {
        await Client.StartAsync("Wait", "t1");

        (await SendAsync(HttpMethod.Post, "t1/terminate?reason=enough")).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        var ended = await Awaiting.For(Client.WaitForInstanceCompletionAsync("t1", true, Token), "the end of t1");
        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Terminated);
        ended.ReadOutputAs<string>().ShouldBe("enough");
    }

    [Fact]
    public async Task A_suspended_instance_goes_on_when_resumed()
    {
        await Client.StartAsync("Wait", "s1");

        (await SendAsync(HttpMethod.Post, "s1/suspend?reason=lunch")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await _commits.WaitForAsync("s1", HistoryEventKind.ExecutionSuspended);
        var suspended = await SendAsync(HttpMethod.Get, "s1");
        suspended.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await suspended.JsonAsync()).GetProperty("runtimeStatus").GetString().ShouldBe("Suspended");

        (await SendAsync(HttpMethod.Post, "s1/resume")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await SendAsync(HttpMethod.Post, "s1/raiseEvent/go", Json("\"on\""))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await Awaiting.For(Client.WaitForInstanceCompletionAsync("s1", true, Token), "the end of s1")).ReadOutputAs<string>().ShouldBe("on");
    }

    [Theory]
    [InlineData("application/json", "{", "not valid JSON")]
    [InlineData("application/json", "", "not valid JSON")]
    [InlineData("text/plain", "\"on\"", "application/json")]
    public async Task An_event_that_is_not_json_is_refused(string mediaType, string body, string expected)
    {
        await Client.StartAsync("Wait", "r1");

        var response = await SendAsync(HttpMethod.Post, "r1/raiseEvent/go", new StringContent(body, Encoding.UTF8, mediaType));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.JsonAsync()).GetProperty("detail").GetString()!.ShouldContain(expected);
    }

    [Fact]
    public async Task Restarting_runs_the_same_input_under_a_new_id_or_the_old_one()
    {
        await Client.CompleteAsync("Echo", "again", "hello");

        var fresh = await SendAsync(HttpMethod.Post, "again/restart");
        fresh.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var id = (await fresh.JsonAsync()).GetProperty("id").GetString()!;
        id.ShouldNotBe("again");
        fresh.Headers.Location!.AbsolutePath.ShouldBe($"/{Api}/{id}");
        (await Awaiting.For(Client.WaitForInstanceCompletionAsync(id, true, Token), "the new run")).ReadOutputAs<string>().ShouldBe("hello");

        var same = await SendAsync(HttpMethod.Post, "again/restart?restartWithNewInstanceId=false");
        (await same.JsonAsync()).GetProperty("id").GetString().ShouldBe("again");
    }

    [Fact]
    public async Task Restarting_what_still_runs_under_its_own_id_is_a_conflict()
    {
        await Client.StartAsync("Wait", "busy");

        (await SendAsync(HttpMethod.Post, "busy/restart?restartWithNewInstanceId=false")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Purging_removes_an_instance_that_has_ended_and_no_other()
    {
        await Client.StartAsync("Wait", "p1");
        await Client.CompleteAsync("Echo", "p2", "x");

        (await SendAsync(HttpMethod.Delete, "p1")).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        var purged = await SendAsync(HttpMethod.Delete, "p2");

        purged.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await purged.JsonAsync()).GetProperty("instancesDeleted").GetInt32().ShouldBe(1);
        (await SendAsync(HttpMethod.Get, "p2")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync(HttpMethod.Get, "p1")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData("GET", "", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "", HttpStatusCode.NotFound)]
    [InlineData("POST", "/terminate", HttpStatusCode.NotFound)]
    [InlineData("POST", "/suspend", HttpStatusCode.NotFound)]
    [InlineData("POST", "/resume", HttpStatusCode.NotFound)]
    [InlineData("POST", "/raiseEvent/go", HttpStatusCode.NotFound)]
    [InlineData("POST", "/restart", HttpStatusCode.BadRequest)]
    public async Task An_instance_that_is_not_there_is_said_to_be_so(string method, string operation, HttpStatusCode expected)
    {
        var response = await SendAsync(new HttpMethod(method), "nobody" + operation);

        response.StatusCode.ShouldBe(expected);
        (await response.JsonAsync()).GetProperty("detail").GetString().ShouldBe("There is no instance 'nobody'.");
    }

    [Theory]
    [InlineData("terminate")]
    [InlineData("suspend")]
    [InlineData("resume")]
    [InlineData("raiseEvent/go")]
    public async Task An_instance_that_has_ended_cannot_be_changed(string operation)
    {
        await Client.CompleteAsync("Echo", "done", "x");

        (await SendAsync(HttpMethod.Post, $"done/{operation}", Json("1"))).StatusCode.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task Suspending_twice_and_resuming_twice_fail_as_on_the_functions_host_without_an_error_in_the_log()
    {
        await Client.StartAsync("Wait", "twice");
        (await SendAsync(HttpMethod.Post, "twice/resume")).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await SendAsync(HttpMethod.Post, "twice/suspend")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await _commits.WaitForAsync("twice", HistoryEventKind.ExecutionSuspended);

        var again = await SendAsync(HttpMethod.Post, "twice/suspend");

        again.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await again.JsonAsync()).GetProperty("detail").GetString()!.ShouldContain("because it is Suspended");
        _host.Log.Lines.ShouldAllBe(line => line.Level < LogLevel.Error && line.Exception == null);
        _host.Log.Lines.Count(line => line.Level == LogLevel.Warning && line.Message.Contains("was refused: Cannot", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Theory]
    [InlineData("terminate", false, HttpStatusCode.Gone)]
    [InlineData("suspend", false, HttpStatusCode.Gone)]
    [InlineData("resume", false, HttpStatusCode.Gone)]
    [InlineData("raiseEvent/go", false, HttpStatusCode.Gone)]
    [InlineData("suspend", true, HttpStatusCode.NotFound)]
    public async Task An_instance_that_ends_between_the_look_and_the_change_is_gone(string operation, bool isPurged, HttpStatusCode expected)
    {
        await using var host = await TestHost.StartAsync<InstanceFunctions>(builder =>
        {
            builder.Services.AddSingleton(provider => new LateClient(
                new LocalDurableTaskClient(
                    provider.GetRequiredService<HistoryStore>(), provider.GetRequiredService<LocalDurableEngine>().Waiters, provider.GetRequiredService<TimeProvider>()),
                isPurged));
            builder.Services.AddSingleton<DurableTaskClient>(provider => provider.GetRequiredService<LateClient>());
        });
        var client = host.Services.GetRequiredService<LateClient>();
        await client.StartAsync("Wait", "late");
        client.EndsAfterTheNextLook = "late";

        var response = await host.SendAsync(HttpMethod.Post, $"{Api}/late/{operation}", host.Keys.DurableTask, Json("1"));

        response.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task The_api_opens_to_the_extensions_key_and_the_master_key_alone()
    {
        (await _host.GetAsync(Api)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await _host.GetAsync(Api, _host.Keys.Default)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await _host.GetAsync($"{Api}/w1/terminate", _host.Keys.Default)).StatusCode.ShouldNotBe(HttpStatusCode.OK);
        (await _host.GetAsync(Api, _host.Keys.DurableTask)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _host.GetAsync(Api, _host.Keys.Master)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_addresses_that_a_function_hands_out_work_as_they_are()
    {
        var started = await _host.SendAsync(HttpMethod.Post, "api/start/odd%20id");
        var payload = await started.Content.ReadFromJsonAsync<Dictionary<string, string?>>(Token);
        payload.ShouldNotBeNull();
        await _commits.WaitForAsync("odd id", HistoryEventKind.ExecutionStarted);
        Uri Address(string name) => new(payload[name]!.Replace("{eventName}", "go", StringComparison.Ordinal).Replace("{text}", "why", StringComparison.Ordinal));
        async Task<HttpStatusCode> PostAsync(string name) => (await _host.Client.PostAsync(Address(name), Json("\"on\""), Token)).StatusCode;

        payload["id"].ShouldBe("odd id");
        Address("statusQueryGetUri").GetLeftPart(UriPartial.Authority).ShouldBe(_host.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        (await _host.Client.GetAsync(Address("statusQueryGetUri"), Token)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await PostAsync("suspendPostUri")).ShouldBe(HttpStatusCode.Accepted);
        await _commits.WaitForAsync("odd id", HistoryEventKind.ExecutionSuspended);
        (await PostAsync("resumePostUri")).ShouldBe(HttpStatusCode.Accepted);
        (await PostAsync("sendEventPostUri")).ShouldBe(HttpStatusCode.Accepted);
        await Awaiting.For(Client.WaitForInstanceCompletionAsync("odd id", Token), "the end of 'odd id'");
        (await PostAsync("terminatePostUri")).ShouldBe(HttpStatusCode.Gone);
        (await _host.Client.DeleteAsync(Address("purgeHistoryDeleteUri"), Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        payload["rewindPostUri"].ShouldBeNull();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string instance, HttpContent? content = null) =>
        _host.SendAsync(method, $"{Api}/{instance}", _host.Keys.DurableTask, content);
}
