using System.IO.Compression;
using PelNas.Shared.Reports.Page;

namespace PelNas.Functions.Tests.Http.Page;

public sealed class GetPageTests(SharedApp shared)
{
    private const string PlotLibrary = "echarts.js";
    private const int MaxCompressedBytes = 300 * 1024;

    private SearchApp App => shared.App;

    [Fact]
    public async Task Its_files_come_without_a_key_and_allow_no_script_or_style_but_themselves()
    {
        PageFile.Names.ShouldContain("index.html");
        PageFile.Names.ShouldContain(PlotLibrary);
        foreach (string name in PageFile.Names)
        {
            HttpResponseMessage answer = await App.Anonymous.GetAsync($"page/{name}", Cancellation);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, name);
            (await answer.Content.ReadAsByteArrayAsync(Cancellation)).ShouldBe(PageFile.Find(name)!.Content);
            string policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
            policy.ShouldContain("default-src 'none'");
            policy.ShouldNotContain("unsafe");
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        }
    }

    [Fact]
    public async Task Compressed_it_is_small_beside_the_plot_library_and_loads_once()
    {
        long size = 0;
        foreach (string name in PageFile.Names.Where(name => name != PlotLibrary))
        {
            HttpResponseMessage answer = await GetAsync(name);
            answer.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
            byte[] compressed = await answer.Content.ReadAsByteArrayAsync(Cancellation);
            size += compressed.Length;
            using GZipStream gzip = new(new MemoryStream(compressed), CompressionMode.Decompress);
            using MemoryStream content = new();
            await gzip.CopyToAsync(content, Cancellation);
            content.ToArray().ShouldBe(PageFile.Find(name)!.Content);

            HttpResponseMessage again = await GetAsync(name, answer.Headers.ETag!.ToString());
            again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
            answer.Headers.ETag.ShouldNotBe(
                (await App.Anonymous.GetAsync($"page/{name}", Cancellation)).Headers.ETag, "another encoding, another tag");
        }

        size.ShouldBeLessThan(MaxCompressedBytes);
    }

    [Fact]
    public async Task Its_address_leads_to_the_first_file_and_others_are_not_there()
    {
        HttpResponseMessage first = await App.Anonymous.GetAsync("page", Cancellation);
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        first.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/api/page/index.html");
        HttpResponseMessage other = await App.Anonymous.GetAsync("page/appsettings.json", Cancellation);
        await other.ShouldBeProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound);
    }

    private async Task<HttpResponseMessage> GetAsync(string name, string? ifNoneMatch = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"page/{name}");
        request.Headers.Add("Accept-Encoding", "gzip");
        if (ifNoneMatch is not null)
        {
            request.Headers.Add("If-None-Match", ifNoneMatch);
        }

        return await App.Anonymous.SendAsync(request, Cancellation);
    }
}
