using OllamaSharp;
using PelNas.Shared.Llm.Diagnosis;

namespace PelNas.Shared.Tests.Llm.Diagnosis;

public sealed class OllamaContextTests
{
    [Theory]
    [InlineData("<html>Welcome to the proxy.</html>")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("""{"model_info":5}""")]
    [InlineData("""{"model_info":{"llama.context_length":"many"}}""")]
    public async Task A_server_that_says_nothing_of_the_model_is_a_warning(string body)
    {
        using HttpClient http = new(new Fixed(body)) { BaseAddress = new Uri("http://127.0.0.1:11434") };
        using OllamaApiClient client = new(http, "m");

        Finding finding = (await OllamaContext.CheckAsync(
            client, new ChatProviderOptions { Provider = ChatProviders.Ollama, Model = "m" }, Cancellation)).ShouldHaveSingleItem();

        finding.Verdict.ShouldBe(Verdict.Warning);
        finding.Detail.ShouldContain("does not state the model's context");
    }

    private sealed class Fixed(string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body) });
    }
}
