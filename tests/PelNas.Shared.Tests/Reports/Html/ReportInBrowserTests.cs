using System.Text.Json;
using Microsoft.Playwright;
using PelNas.Shared.Reports;
using PelNas.Shared.Reports.Html;
using PelNas.Shared.Tests.Support;
using PelNas.Tests.Browser;

namespace PelNas.Shared.Tests.Reports.Html;

/// <summary>The report as a person sees it: opened from a file in a real browser.</summary>
public sealed class ReportInBrowserTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task The_page_opens_without_complaint_and_fits_its_window(int width, ColorScheme scheme)
    {
        IPage page = await chromium.OpenAsync(width, scheme);
        List<string> complaints = [];
        List<string> requests = [];
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        page.Request += (_, request) => requests.Add(request.Url);

        await page.GotoAsync(await WriteAsync());

        complaints.ShouldBeEmpty();
        requests.ShouldBe([page.Url]);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        (await page.Locator("figure svg").First.BoundingBoxAsync())!.Height.ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(700)]
    [InlineData(500)]
    [InlineData(390)]
    public async Task A_plot_fits_its_window_and_can_be_read_in_it(int width)
    {
        IPage page = await chromium.OpenAsync(width);
        await page.GotoAsync(await WriteAsync());

        JsonElement? plots = await page.EvaluateAsync(
            """
            () => [...document.querySelectorAll('figure > svg')].map(svg => {
                const box = svg.getBoundingClientRect();
                const scale = box.width / svg.viewBox.baseVal.width;
                const texts = [...svg.querySelectorAll('text')];
                const boxes = texts.map(text => text.getBoundingClientRect());
                const marks = [...svg.querySelectorAll('.candidates path')].map(mark => mark.getBoundingClientRect().width);
                return {
                    left: Math.min(...boxes.map(text => text.left)), right: Math.max(...boxes.map(text => text.right), box.right),
                    font: Math.min(...texts.map(text => scale * parseFloat(getComputedStyle(text).fontSize))), mark: Math.min(...marks, 99),
                };
            })
            """);

        plots!.Value.EnumerateArray().Count().ShouldBe(2);
        foreach (JsonElement plot in plots.Value.EnumerateArray())
        {
            plot.GetProperty("left").GetDouble().ShouldBeGreaterThanOrEqualTo(0);
            plot.GetProperty("right").GetDouble().ShouldBeLessThanOrEqualTo(width);
            plot.GetProperty("font").GetDouble().ShouldBeGreaterThanOrEqualTo(9);
            plot.GetProperty("mark").GetDouble().ShouldBeGreaterThanOrEqualTo(4);
        }
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(500)]
    [InlineData(390)]
    public async Task No_text_of_a_plot_lies_on_another(int width)
    {
        IPage page = await chromium.OpenAsync(width);
        await page.GotoAsync(await WriteAsync());

        JsonElement? overlaps = await page.EvaluateAsync(
            """
            () => [...document.querySelectorAll('figure svg')].flatMap(svg => {
                const texts = [...svg.querySelectorAll('text')].map(text => ({ text: text.textContent, box: text.getBoundingClientRect() }));
                return texts.flatMap((a, i) => texts.slice(i + 1)
                    .filter(b => a.box.left < b.box.right && b.box.left < a.box.right && a.box.top < b.box.bottom && b.box.top < a.box.bottom)
                    .map(b => `${a.text} / ${b.text}`));
            })
            """);

        overlaps!.Value.EnumerateArray().Select(pair => pair.GetString()).ShouldBeEmpty();
    }

    private async Task<string> WriteAsync()
    {
        RunContent content = ReportSamples.Content();
        SearchResult result = SearchResultBuilder.Build(content, ReportSamples.Quality);
        string path = _directory.File("report.html");
        await File.WriteAllTextAsync(path, HtmlReport.Render(result, content, ReportSamples.ExactFront), TestContext.Current.CancellationToken);
        return new Uri(path).AbsoluteUri;
    }
}
