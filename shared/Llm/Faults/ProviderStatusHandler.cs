using System.Net.Http.Headers;
using System.Text.Json;
using PelNas.Shared.Llm.Providers;

namespace PelNas.Shared.Llm.Faults;

/// <summary>
/// Turns every status that is no success into a <see cref="ProviderStatusException"/>, below the SDKs, so that all providers fail
/// alike and none of their error texts, which may quote the key, gets into an exception.
/// Reads every answer whole, as nothing in a search streams, and none that is too long. All requests to a provider pass it, and are marked
/// as such.
/// </summary>
internal sealed class ProviderStatusHandler(TimeProvider time) : DelegatingHandler
{
    private const string RetryAfterMilliseconds = "retry-after-ms";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ProviderRequests.Mark(request);
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        try
        {
            if (response.IsSuccessStatusCode)
            {
                AnswerStage.Reached();
            }

            await response.Content.LoadIntoBufferAsync(ProviderHttp.MaxAnswerBytes, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            (string code, bool countsTokens) = Read(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            throw new ProviderStatusException(response.StatusCode, code, countsTokens, RetryAfter(response.Headers));
        }
        catch
        {
            response.Dispose();
            throw;
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
    private static string CodeOf(JsonElement body)
        => Field(body, "error") is { } error && Field(error, "code") is { ValueKind: JsonValueKind.String } code
            ? ProviderErrorCodes.Take(TextOf(code)) : "";

    /// <summary>
    /// Whether a body has a count of tokens other than 0, as OpenAI, Azure or Ollama write one. How many it says does not matter.
    /// </summary>
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

    /// <summary>
    /// How long the provider asks to wait: Azure's <c>retry-after-ms</c> where there is one, since it is the finer, else <c>Retry-After</c>
    /// in seconds or as a date; null when neither can be read.
    /// </summary>
    private TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        if (headers.TryGetValues(RetryAfterMilliseconds, out IEnumerable<string>? values)
            && double.TryParse(values.First(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double milliseconds)
            && milliseconds < TimeSpan.FromDays(1).TotalMilliseconds)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        return headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow() is { } wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
            _ => null,
        };
    }
}

/// <summary>
/// Whether the call under way has been answered with success. What an SDK throws from then on is about the answer's body; the same
/// exception before it would be a mistake of this program, which must not pass for a bad answer.
/// </summary>
internal sealed class AnswerStage
{
    private static readonly AsyncLocal<AnswerStage?> Current = new();

    private volatile bool _isAnswered;

    /// <summary>Whether a status of success has come.</summary>
    public bool IsAnswered => _isAnswered;

    /// <summary>Begins a call: what it awaits from here on reports to this stage.</summary>
    public static AnswerStage Begin() => Current.Value = new AnswerStage();

    /// <summary>A status of success has come.</summary>
    public static void Reached()
    {
        if (Current.Value is { } stage)
        {
            stage._isAnswered = true;
        }
    }
}
