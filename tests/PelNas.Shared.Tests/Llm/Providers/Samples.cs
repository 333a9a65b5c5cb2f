namespace PelNas.Shared.Tests.Llm.Providers;

internal static class Samples
{
    /// <summary>Options for a server of this machine.</summary>
    public static ChatProviderOptions Options(string provider, LoopbackModel model) => new()
    {
        Provider = provider,
        Endpoint = provider == ChatProviders.OpenAI ? new Uri(model.BaseUri, "/v1").ToString() : model.BaseUri.ToString(),
        Model = LoopbackModel.Model,
        ApiKey = provider == ChatProviders.Ollama ? "" : LoopbackModel.Key,
    };
}
