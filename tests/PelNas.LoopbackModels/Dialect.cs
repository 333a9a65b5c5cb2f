namespace PelNas.LoopbackModels;

/// <summary>Wire formats that the server speaks.</summary>
public enum Dialect
{
    /// <summary><c>/openai/deployments/{name}/chat/completions</c>, header <c>api-key</c> or a bearer token.</summary>
    AzureOpenAI,

    /// <summary><c>/v1/chat/completions</c>, bearer key.</summary>
    OpenAI,

    /// <summary><c>/api/chat</c>, no key.</summary>
    Ollama,
}
