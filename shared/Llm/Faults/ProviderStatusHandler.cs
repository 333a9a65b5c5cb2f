using System.Text.Json;
using PelNas.Shared.Llm.Providers;

namespace PelNas.Shared.Llm.Faults;

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
            (string code, bool countsTokens) = Read(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            throw new ProviderStatusException(response.StatusCode, code, countsTokens, RetryAfter.Of(response.Headers, time));
        }
    }

    /// <summary>What is taken over of an error's body.</summary>
    private static (string Code, bool CountsTokens) Read(byte[] body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return (CodeOf(document.RootElement), CountsTokens(document.RootElement));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A proxy's page of HTML, for example, or a name with half a surrogate pair: the status says enough.
            return ("", false);
        }
    }

    /// <summary>The error code of a body as OpenAI and Azure write it, if it is a known one, or nothing.</summary>
    private static string CodeOf(JsonElement body) => body.ValueKind == JsonValueKind.Object
        && body.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.Object
        && error.TryGetProperty("code", out JsonElement code) && code.ValueKind == JsonValueKind.String
        ? ProviderErrorCodes.Take(TextOf(code)) : "";

    /// <summary>Whether a body has a count of tokens other than 0, as OpenAI, Azure or Ollama write one. How many it says does not matter.</summary>
    private static bool CountsTokens(JsonElement body)
    {
        JsonElement? usage = Field(body, "usage") ?? (Field(body, "error") is { } error ? Field(error, "usage") : null);
        return (usage is { ValueKind: JsonValueKind.Object } counts && counts.EnumerateObject().Any(count => IsCount(count.Value)))
            || (Field(body, "prompt_eval_count") is { } prompt && IsCount(prompt))
            || (Field(body, "eval_count") is { } answer && IsCount(answer));
    }

    private static bool IsCount(JsonElement value)
        => value.ValueKind == JsonValueKind.Number && !(value.TryGetDouble(out double count) && count == 0);

    private static JsonElement? Field(JsonElement body, string name)
        => body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out JsonElement value) ? value : null;

    /// <summary>The text of a JSON string. One with half a surrogate pair cannot be read and is empty.</summary>
    private static string TextOf(JsonElement value)
    {
        try
        {
            return value.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }
}
