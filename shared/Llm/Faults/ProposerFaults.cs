using System.Net;
using System.Text.Json;
using Azure.Identity;
using PelNas.Shared.Llm.Providers;

namespace PelNas.Shared.Llm.Faults;

/// <summary>Says what an exception of a call means, and how to mend it.</summary>
internal static class ProposerFaults
{
    /// <summary>The fault, or null for an exception that is no failure of a call but of this program.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="isAnswered">Whether a status of success had come (<see cref="AnswerStage"/>).</param>
    public static ProposerFault? Of(Exception exception, ChatProviderOptions options, bool isAnswered) => exception switch
    {
        // Whatever the status: of a call that tokens are counted of nobody can say that it costs nothing.
        ProviderStatusException { CountsTokens: true } status => OfStatus(status, options) with { MayBeBilled = true },
        ProviderStatusException status => OfStatus(status, options),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => new(
            FaultKind.TooLong,
            $"{Host(options)} sent an answer longer than {ProviderHttp.MaxAnswerBytes} bytes; it was not read further.",
            MayBeBilled: true),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => new(
            FaultKind.Tls,
            $"No TLS connection to {Host(options)}: its certificate is not trusted here or the protocol does not fit. Check the address, "
            + "a proxy that opens TLS, and this machine's certificates and clock."),
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError,
        } => new(FaultKind.Unreachable, $"{Host(options)} cannot be reached. {MendNetwork(options)}"),

        // The transport's own limit for a connection: nothing was sent. It comes inside a cancellation that nobody here asked for.
        TimeoutException when !isAnswered => new(
            FaultKind.Unreachable, $"{Host(options)} takes no connection: it does not answer at all. {MendNetwork(options)}"),
        HttpRequestException or IOException or OperationCanceledException => new(
            FaultKind.ConnectionLost, $"The connection to {Host(options)} broke before the whole answer was there.", MayBeBilled: true),

        // What the SDKs throw when a body with status 200 is not what their interface promises: no JSON, null, wrong types, no choice.
        JsonException or FormatException or InvalidOperationException or ArgumentException or KeyNotFoundException or NullReferenceException
            or IndexOutOfRangeException or InvalidCastException or NotSupportedException or OverflowException when isAnswered => new(
            FaultKind.Malformed, $"{Host(options)} sent an answer that is not in the format of {options.Provider}. "
                + "Check that the endpoint speaks it.", MayBeBilled: true),
        _ => null,
    };

    /// <summary>The fault of a call for which Azure gave no token.</summary>
    public static ProposerFault OfSignIn(AuthenticationFailedException exception, ChatProviderOptions options)
        => exception is CredentialUnavailableException ? new(
            FaultKind.Unauthorised,
            $"No token for {Host(options)}: no Azure identity signed in. On Azure give the app a managed identity with the role Cognitive "
            + $"Services OpenAI User, on your own machine run 'az login', or set {ChatProviderOptions.ApiKeySetting}.")
        : new(
            FaultKind.IdentityUnavailable,
            $"No token for {Host(options)}: the Azure identity could not be signed in just now. If it lasts, check the identity and its "
            + $"tenant, or set {ChatProviderOptions.ApiKeySetting}.");

    /// <summary>The fault of a call that took too long.</summary>
    public static ProposerFault TimedOut(ChatProviderOptions options) => new(
        FaultKind.TimedOut, $"{Host(options)} gave no whole answer within {options.Timeout:c}. Raise "
            + $"{ChatProviderOptions.Section}:Timeout or use a faster model.", MayBeBilled: true);

    private static ProposerFault OfStatus(ProviderStatusException exception, ChatProviderOptions options) => exception.Status switch
    {
        _ when ProviderErrorCodes.Filters.Contains(exception.Code) => new(
            FaultKind.ContentFilter, $"The content filter of {Host(options)} stopped the call ({exception.Message}).", MayBeBilled: true),
        HttpStatusCode.Unauthorized => new(
            FaultKind.Unauthorised,
            $"{Host(options)} does not accept the {(options.ApiKey.Length > 0 ? "key" : "call")} ({exception.Message}). "
            + MendKey(options)),
        HttpStatusCode.Forbidden => new(
            FaultKind.Forbidden, $"{Host(options)} does not allow the call ({exception.Message}). {MendAccess(options)}"),
        HttpStatusCode.NotFound => new(
            FaultKind.NotFound,
            $"{Host(options)} has no {Noun(options)} '{options.Model}' ({exception.Message}). {MendModel(options)}"),
        _ when ProviderErrorCodes.NoCredit.Contains(exception.Code) => new(
            FaultKind.OutOfQuota,
            $"The account at {Host(options)} has no credit left ({exception.Message}). "
            + "Add credit or raise its monthly limit; waiting does not help."),
        HttpStatusCode.TooManyRequests => new(
            FaultKind.RateLimited,
            $"{Host(options)} has too many requests or tokens a minute ({exception.Message}). Set "
            + $"{ChatProviderOptions.Section}:RequestsPerMinute and TokensPerMinute to your quota, or raise the quota.",
            RetryAfter: exception.RetryAfter),

        // Azure charges for a call that it gave up on after it had begun to work on it. Behind a gateway that did, the model may have done
        // its work.
        HttpStatusCode.RequestTimeout or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => new(
            FaultKind.ServerError, $"{Host(options)} gave up on the call ({exception.Message}).", MayBeBilled: true, exception.RetryAfter),
        >= HttpStatusCode.InternalServerError => new(
            FaultKind.ServerError, $"{Host(options)} failed ({exception.Message}).", RetryAfter: exception.RetryAfter),
        >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => new(
            FaultKind.Redirected, $"{Host(options)} points to another address ({exception.Message}), which is not followed since the key "
                + $"would go there. Set {ChatProviderOptions.Section}:Endpoint to the address itself."),
        _ when exception.Code == ProviderErrorCodes.ContextLengthExceeded => new(
            FaultKind.BadRequest,
            $"The prompt with its longest answer is more than {options.Model} takes at {Host(options)} ({exception.Message}). Use a model "
            + "with a larger context (docs/prompts.md states the sizes), ask for fewer proposals, or lower "
            + $"{ChatProviderOptions.Section}:ReasoningTokens."),
        _ => new(FaultKind.BadRequest, $"{Host(options)} does not take the request ({exception.Message}). {MendRequest(options)}"),
    };

    private static string Host(ChatProviderOptions options) => $"{options.Provider} at {options.EndpointUri.Authority}";

    private static string Noun(ChatProviderOptions options) => options.Provider == ChatProviders.AzureOpenAI ? "deployment" : "model";

    private static string MendNetwork(ChatProviderOptions options)
        => $"Check {ChatProviderOptions.Section}:Endpoint, the network, proxy and "
            + $"firewall{(options.Provider == ChatProviders.Ollama ? ", and that 'ollama serve' runs" : "")}.";

    private static string MendKey(ChatProviderOptions options) => (options.ApiKey.Length, options.Provider) switch
    {
        ( > 0, _) => $"Set {ChatProviderOptions.ApiKeySetting} to a key of this resource.",
        (_, ChatProviders.AzureOpenAI) => "Check the identity and its role Cognitive Services OpenAI User on this resource.",
        _ => $"No key is set, and this service wants one: set {ChatProviderOptions.ApiKeySetting}.",
    };

    private static string MendAccess(ChatProviderOptions options) => options.Provider == ChatProviders.AzureOpenAI
        ? "Give the identity the role Cognitive Services OpenAI User on the resource, and check the resource's network rules."
        : "Check that the key may use this model and that its project has credit.";

    private static string MendModel(ChatProviderOptions options) => options.Provider switch
    {
        ChatProviders.AzureOpenAI => $"Set {ChatProviderOptions.Section}:Model to the deployment's name, not the model's, and Endpoint to "
            + "the resource's base address; a new deployment takes some minutes.",
        ChatProviders.Ollama => $"Run 'ollama pull {options.Model}' there, or check {ChatProviderOptions.Section}:Model.",
        _ => $"Check {ChatProviderOptions.Section}:Model, and that Endpoint ends as the service says, mostly in /v1.",
    };

    private static string MendRequest(ChatProviderOptions options) => options.StructuredOutput
        ? $"If the model has no structured output, set {ChatProviderOptions.Section}:StructuredOutput to false; "
            + "if it takes no seed, SendSeed to false."
        : $"If the model takes no seed, set {ChatProviderOptions.Section}:SendSeed to false.";
}
