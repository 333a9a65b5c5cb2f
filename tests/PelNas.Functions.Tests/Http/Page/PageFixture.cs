using PelNas.Functions.Activities;
using PelNas.Local.Host.Http;
using PelNas.Tests.Browser;

namespace PelNas.Functions.Tests.Http.Page;

/// <summary>
/// The app with three searches that have ended, and a browser. A search of many generations goes on by one each time that a page asks for
/// something: it moves while it is watched, and has not ended before its test is done with it.
/// </summary>
public sealed class PageFixture : IAsyncLifetime
{
    private const int ManyGenerations = 200;

    private readonly Chromium _chromium = new();
    private TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal SearchApp App { get; private set; } = null!;

    /// <summary>Searches that have ended, which differ in their seeds alone.</summary>
    public string[] Ended { get; private set; } = [];

    /// <summary>The key that opens the app.</summary>
    public string Key => App.Services.GetRequiredService<FunctionKeys>().Default;

    /// <summary>Opens the page at a place, with the key as if it had been given before.</summary>
    public async Task<OpenPage> OpenAsync(string place, int width = 1280, ColorScheme scheme = ColorScheme.Light, bool hasKey = true)
    {
        IPage page = await _chromium.OpenAsync(width, scheme, offline: false);
        OpenPage open = new(page, App);
        page.Request += (_, _) =>
            Interlocked.Exchange(ref _asked, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        if (hasKey)
        {
            await page.AddInitScriptAsync($"sessionStorage.setItem('pelnas-key', '{Key}')");
        }

        await open.GoAsync(place);
        return open;
    }

    public async ValueTask InitializeAsync()
    {
        App = await SearchApp.StartAsync(services => services.AroundActivities(KeepPaceAsync));
        List<string> ended = [];
        foreach (int seed in new[] { 1, 2, 3 })
        {
            string id = await App.StartSearchAsync(SmallSearches.Request with { Seed = seed, MaxLabels = 24 });
            await App.FinishAsync(id);
            ended.Add(id);
        }

        Ended = [.. ended];
    }

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await App.DisposeAsync();
    }

    private async Task<string?> KeepPaceAsync(ActivityCall call, Func<Task<string?>> run)
    {
        if (call.Name == nameof(SearchSteps.ComputeParetoFront)
            && (await App.Runs.GetAsync(call.InstanceId, call.Stopping))?.Request.Generations >= ManyGenerations)
        {
            await Volatile.Read(ref _asked).Task.WaitAsync(call.Stopping);
        }

        return await run();
    }
}

/// <summary>A page that is open, and what the browser has complained of.</summary>
public sealed class OpenPage
{
    private readonly SearchApp _app;

    internal OpenPage(IPage page, SearchApp app)
    {
        (Page, _app) = (page, app);
        page.Console += (_, message) => Complaints.Add(message.Text);
        page.PageError += (_, error) => Complaints.Add(error);
    }

    public IPage Page { get; }

    /// <summary>What stands in the console.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Goes to a place of the page, such as <c>#/runs</c>, and waits until it is shown.</summary>
    public async Task GoAsync(string place)
    {
        await Page.GotoAsync(new Uri(_app.Anonymous.BaseAddress!, $"page/index.html{place}").AbsoluteUri);
        await Assertions.Expect(Page.GetByText("Loading…")).ToHaveCountAsync(0);
    }

    /// <summary>Waits until something is shown.</summary>
    public Task SeeAsync(ILocator what) => Assertions.Expect(what.First).ToBeVisibleAsync();

    /// <summary>Waits until something has a text.</summary>
    public Task SeeAsync(ILocator what, string text) => Assertions.Expect(what.First).ToContainTextAsync(text);

    /// <summary>A button of a name, or one that begins with it.</summary>
    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name });
}

/// <summary>The tests that share the app and the browser.</summary>
[CollectionDefinition(nameof(PageFixture))]
public sealed class PageTestsCollection : ICollectionFixture<PageFixture>;
