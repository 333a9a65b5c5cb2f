using System.Net.Http.Headers;
using PelNas.Functions.Telemetry;

namespace PelNas.Infra.Tests.Telemetry;

public sealed class TracedHttpTests
{
    [Fact]
    public void Calls_to_an_LLM_are_traced()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "https://x.openai.azure.com/openai/deployments/m/chat/completions?api-version=1") { Content = new StringContent("{}") };
        TracedHttp.Includes(request).ShouldBeTrue();
    }

    [Fact]
    public void Calls_to_storage_are_not()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "https://x.table.core.windows.net/Runs") { Headers = { { "x-ms-version", "2019-02-02" } } };
        TracedHttp.Includes(request).ShouldBeFalse();
    }

    [Fact]
    public void Calls_to_the_host_are_not()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "http://127.0.0.1:50000/Host/Call") { Content = new ByteArrayContent([]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        TracedHttp.Includes(request).ShouldBeFalse();
    }
}
