namespace PelNas.Tests.Browser;

/// <summary>
/// A headless Chromium: the one of the system, the shell without a window first since it starts in a quarter of the time, or, where there
/// is none, the one that Playwright downloads. It starts when the first page is opened.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    /// <summary>How long to wait for something to be shown, ms: for a machine that does much else.</summary>
    private const float Patience = 600_000;

    private static readonly string[] KnownPlaces =
    [
        "/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe", @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Opens an empty page of the given width.</summary>
    /// <param name="width">Width of the window, px.</param>
    /// <param name="scheme">Light or dark.</param>
    /// <param name="offline">Whether it is cut off from every network, this machine's included.</param>
    public async Task<IPage> OpenAsync(int width, ColorScheme scheme = ColorScheme.Light, bool offline = true)
    {
        _browser ??= await StartAsync();
        IBrowserContext context = await _browser.NewContextAsync(
            new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme, Offline = offline });
        context.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private async Task<IBrowser> StartAsync()
    {
        string? executable = Array.Find(KnownPlaces, File.Exists);
        if (executable is null && Microsoft.Playwright.Program.Main(["install", "chromium"]) != 0)
        {
            throw new InvalidOperationException(
                "There is no Chromium on this machine and Playwright could not download one. Install the package 'chromium' and run "
                    + "the tests again.");
        }

        _playwright = await Playwright.CreateAsync();
        return await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = executable,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }
}
