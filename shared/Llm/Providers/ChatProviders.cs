namespace PelNas.Shared.Llm.Providers;

/// <summary>Names of the providers that can be configured.</summary>
public static class ChatProviders
{
    /// <summary>A deployment of Azure OpenAI.</summary>
    public const string AzureOpenAI = "azure-openai";

    /// <summary>OpenAI, or any endpoint that speaks its chat completions.</summary>
    public const string OpenAI = "openai";

    /// <summary>An Ollama server.</summary>
    public const string Ollama = "ollama";

    /// <summary>The rule-based stand-in; no LLM is asked.</summary>
    public const string Offline = "offline";

    /// <summary>The name of a provider in telemetry, by the OpenTelemetry conventions for generative AI.</summary>
    public static string TelemetryName(string provider) => provider == AzureOpenAI ? "azure.ai.openai" : provider;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names { get; } = [AzureOpenAI, OpenAI, Ollama, Offline];
}
