namespace PelNas.Shared.Llm.Providers;

/// <summary>
/// Which LLM proposes and what it may use, from the configuration section <c>PelNas:Chat</c> (as an environment variable
/// <c>PelNas__Chat__Provider</c> and so on). docs/providers.md describes the settings.
/// </summary>
public sealed class ChatProviderOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "PelNas:Chat";

    /// <summary>Configuration key of <see cref="ApiKey"/>.</summary>
    public const string ApiKeySetting = Section + ":" + nameof(ApiKey);

    /// <summary>One of <see cref="ChatProviders.Names"/>.</summary>
    public string Provider { get; set => field = value ?? ""; } = ChatProviders.Offline;

    /// <summary>Base address of the service. Has a default for <c>openai</c> and <c>ollama</c>.</summary>
    public string Endpoint { get; set => field = value ?? ""; } = "";

    /// <summary>The model, or the name of the deployment on Azure OpenAI.</summary>
    public string Model { get; set => field = value ?? ""; } = "";

    /// <summary>Secret. Empty means managed identity on Azure OpenAI, and no key elsewhere.</summary>
    public string ApiKey { get; set => field = value ?? ""; } = "";

    /// <summary>Whether the answer's JSON schema is sent. Switch it off for models that refuse one.</summary>
    public bool StructuredOutput { get; set; } = true;

    /// <summary>Whether a call's seed is sent. Switch it off for models that refuse one.</summary>
    public bool SendSeed { get; set; } = true;

    /// <summary>Longest that one request may take, from sending it to the last byte of the answer.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Requests a minute that this process may send, or null for no limit.</summary>
    public int? RequestsPerMinute { get; set; }

    /// <summary>Tokens a minute that this process may ask for, prompt and longest answer together, or null for no limit.</summary>
    public int? TokensPerMinute { get; set; }

    /// <summary>
    /// Answer tokens that a reasoning model may spend on its reasoning, on top of those for the answer itself. They are billed as answer
    /// tokens and count in every estimate and limit.
    /// </summary>
    public int ReasoningTokens { get; set; }

    /// <summary>Least context, prompt and answer together, that Ollama is asked to load the model with.</summary>
    public int ContextTokens { get; set; } = 32_768;

    /// <summary>US dollars for a million prompt tokens, where the price table does not know the model.</summary>
    public double? InputUsdPerMillion { get; set; }

    /// <summary>US dollars for a million answer tokens, where the price table does not know the model.</summary>
    public double? OutputUsdPerMillion { get; set; }

    /// <summary>Name of the model in the price table, where a deployment is named otherwise.</summary>
    public string PriceModel { get; set => field = value ?? ""; } = "";

    /// <summary>
    /// Whether telemetry holds prompts and answers. They are the bulk of the data and may be private, so not unless asked.
    /// </summary>
    public bool TelemetryContent { get; set; }

    /// <summary>File to which every answer is written, or empty.</summary>
    public string Record { get; set => field = value ?? ""; } = "";

    /// <summary>File from which every answer comes, with no network, or empty.</summary>
    public string Replay { get; set => field = value ?? ""; } = "";

    /// <summary>The endpoint in force. Only for valid options.</summary>
    public Uri EndpointUri => new(Endpoint.Length > 0 ? Endpoint : DefaultEndpoint);

    /// <summary>The endpoint where none is given; empty where there is none.</summary>
    public string DefaultEndpoint => Provider switch
    {
        ChatProviders.OpenAI => "https://api.openai.com/v1",
        ChatProviders.Ollama => "http://127.0.0.1:11434",
        _ => "",
    };
}
