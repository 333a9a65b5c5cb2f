namespace PelNas.Shared.Llm.Providers;

/// <summary>Which addresses prompts and keys may be sent to: https everywhere, http on this machine only.</summary>
internal static class EndpointRule
{
    /// <summary>What is wrong with an endpoint, in one sentence that starts in lower case, or null.</summary>
    public static string? WhyNot(string endpoint) => Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? uri) switch
    {
        false => "it is not an address; give one such as https://my-resource.openai.azure.com",
        _ when uri!.UserInfo.Length > 0 => "it holds a user name or password; leave these out, a key belongs into ApiKey",
        _ when uri.Query.Length > 0 || uri.Fragment.Length > 0 => "it holds a query or fragment; give the base address alone",
        _ when uri.Scheme == Uri.UriSchemeHttps => null,
        _ when uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback => null,
        _ => "it is not https; http is allowed to this machine only, since the key and the prompts would go over the network in the clear",
    };
}
