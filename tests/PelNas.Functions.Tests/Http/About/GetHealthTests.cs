using PelNas.Functions.Http.About;

namespace PelNas.Functions.Tests.Http.About;

public sealed class GetHealthTests(SharedApp shared)
{
    [Fact]
    public async Task An_app_that_reaches_its_store_and_its_engine_says_so_without_a_key()
    {
        using HttpClient stranger = new() { BaseAddress = shared.App.Client.BaseAddress };
        HttpResponseMessage answer = await stranger.GetAsync("health", Cancellation);
        (await answer.ShouldBeAsync<HealthView>(HttpStatusCode.OK)).ShouldBe(new HealthView(Store: true, Engine: true));
        HttpResponseMessage document = await stranger.GetAsync("openapi.yaml", Cancellation);
        (await document.TextAsync())
            .ShouldBe(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "openapi.yaml"), Cancellation));
        (await stranger.GetAsync("searches", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_store_out_of_reach_is_told_and_nothing_of_it()
    {
        StoreException fault = new("the account hunter2", "is out of order", "Mend it.", kind: StoreFaultKind.NotPermitted);
        await using SearchApp app = await SearchApp.StartAsync(services => services.AddSingleton(FaultyRows.OnceStarted(fault)));
        HttpResponseMessage answer = await app.GetAsync("health");
        (await answer.TextAsync()).ShouldBe("""{"store":false,"engine":true}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }
}
