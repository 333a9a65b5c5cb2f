using System.Text.Json;
using PelNas.Shared.Chat.Answers;
using PelNas.Shared.Chat.Providers;

namespace PelNas.Shared.Chat.Faults;

/// <summary>
/// Turns every status that is no success into a <see cref="ProviderStatusException"/>, below the SDKs, so that all providers fail
/// alike and none of their error texts, which may quote the key, gets into an exception. All requests to a provider pass it, and are marked as such.
/// </summary>
internal sealed class ProviderStatusHandler(TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ProviderRequests.Mark(request);
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            AnswerStage.Reached();
            return response;
        }

        using (response)
        {
            string code = CodeOf(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            throw new ProviderStatusException(response.StatusCode, code, RetryAfter.Of(response.Headers, time));
        }
    }

    /// <summary>The error code of a body as OpenAI and Azure write it, if it is a known one, or nothing.</summary>
    private static string CodeOf(byte[] body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("code", out JsonElement code) && code.ValueKind == JsonValueKind.String
                ? ProviderErrorCodes.Take(JsonFields.TextOf(code)) : "";
        }
        catch (JsonException)
        {
            // A proxy's page of HTML, for example: the status says enough.
            return "";
        }
    }
}
