namespace PelNas.Shared.Llm.Providers;

/// <summary>Checks the chat settings one by one. No message quotes a secret.</summary>
public static class ChatProviderOptionsCheck
{
    // An app setting that Azure could not resolve reaches the app as it was written.
    private const string UnresolvedReference = "@Microsoft.KeyVault(";
    private const int MaxReasoningTokens = 200_000;
    private const int MinContextTokens = 2048;
    private const int MaxContextTokens = 4_194_304;
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromMinutes(30);

    /// <summary>All that is wrong; empty when the options can be used.</summary>
    public static IReadOnlyList<FieldError> Check(ChatProviderOptions options)
    {
        if (!ChatProviders.Names.Contains(options.Provider))
        {
            return [new(nameof(options.Provider), NearMiss.Unknown(options.Provider, ChatProviders.Names))];
        }

        List<FieldError> errors = [];
        if (options.Provider != ChatProviders.Offline && options.Replay.Length == 0)
        {
            CheckService(options, errors);
        }

        if (options.Timeout <= TimeSpan.Zero || options.Timeout > MaxTimeout)
        {
            errors.Add(nameof(options.Timeout), $"{options.Timeout} is not allowed; give over 0 and up to {MaxTimeout}");
        }

        errors.CheckLimit(nameof(options.RequestsPerMinute), options.RequestsPerMinute);
        errors.CheckLimit(nameof(options.TokensPerMinute), options.TokensPerMinute);
        errors.CheckRange(nameof(options.ReasoningTokens), options.ReasoningTokens, 0, MaxReasoningTokens);
        errors.CheckRange(nameof(options.ContextTokens), options.ContextTokens, MinContextTokens, MaxContextTokens);
        Price(errors, nameof(options.InputUsdPerMillion), options.InputUsdPerMillion);
        Price(errors, nameof(options.OutputUsdPerMillion), options.OutputUsdPerMillion);
        if (options.InputUsdPerMillion.HasValue != options.OutputUsdPerMillion.HasValue)
        {
            errors.Add(nameof(options.OutputUsdPerMillion), $"give it together with {nameof(options.InputUsdPerMillion)}, or neither");
        }

        if (options.Record.Length > 0 && options.Replay.Length > 0)
        {
            errors.Add(nameof(options.Record), $"give it or {nameof(options.Replay)}, not both");
        }

        if (options is { Provider: ChatProviders.Offline, Record.Length: > 0 })
        {
            errors.Add(nameof(options.Record), "is of no use with the offline proposer, "
                + "whose answers follow from the prompt; leave it out");
        }

        return errors;
    }

    private static void CheckService(ChatProviderOptions options, List<FieldError> errors)
    {
        if (options.Endpoint.Length == 0 && options.DefaultEndpoint.Length == 0)
        {
            errors.Add(nameof(options.Endpoint), $"is missing; {options.Provider} needs the address of your resource, such as "
                + "https://my-resource.openai.azure.com");
        }
        else if (options.Endpoint.Length > 0 && WhyNotEndpoint(options.Endpoint) is { } reason)
        {
            errors.Add(nameof(options.Endpoint), reason);
        }

        if (string.IsNullOrWhiteSpace(options.Model) || options.Model.Length > 128 || options.Model.Any(char.IsControl))
        {
            errors.Add(nameof(options.Model), $"is missing or not a name; "
                + $"{(options.Provider == ChatProviders.AzureOpenAI ? "give the name of the deployment" : "give the name of the model")}");
        }

        if (WhyNotKey(options, isValidEndpoint: errors.Count == 0) is { } problem)
        {
            errors.Add(nameof(options.ApiKey), problem);
        }
    }

    /// <summary>Prompts and keys may be sent over https everywhere, over http on this machine only.</summary>
    private static string? WhyNotEndpoint(string endpoint) => Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? uri) switch
    {
        false => "it is not an address; give one such as https://my-resource.openai.azure.com",
        _ when uri!.UserInfo.Length > 0 => "it holds a user name or password; leave these out, a key belongs into ApiKey",
        _ when uri.Query.Length > 0 || uri.Fragment.Length > 0 => "it holds a query or fragment; give the base address alone",
        _ when uri.Scheme == Uri.UriSchemeHttps => null,
        _ when uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback => null,
        _ => "it is not https; http is allowed to this machine only, since the key and the prompts would go over the network in the clear",
    };

    private static string? WhyNotKey(ChatProviderOptions options, bool isValidEndpoint) => options switch
    {
        _ when options.ApiKey.StartsWith(UnresolvedReference, StringComparison.OrdinalIgnoreCase)
            => "is a Key Vault reference that was not resolved; "
                + "give the app's identity the role Key Vault Secrets User on the vault and check the secret's name",
        _ when options.ApiKey.Any(letter => !char.IsBetween(letter, '!', '~')) => "holds characters that no key has, "
            + "such as spaces or line breaks; paste it again",
        { Provider: ChatProviders.Ollama, ApiKey.Length: > 0 } => "is set, but ollama takes no key; remove it",
        { Provider: ChatProviders.OpenAI, ApiKey.Length: 0 } when isValidEndpoint && !options.EndpointUri.IsLoopback
            => "is missing; set it in the environment (PelNas__Chat__ApiKey), in user secrets or as a Key Vault reference",
        _ => null,
    };

    private static void Price(List<FieldError> errors, string field, double? value)
    {
        if (value is { } price && !(double.IsFinite(price) && price >= 0))
        {
            errors.Add(field, $"{price} is not allowed; give US dollars for a million tokens, 0 or more");
        }
    }
}
