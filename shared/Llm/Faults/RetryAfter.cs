using System.Globalization;
using System.Net.Http.Headers;

namespace PelNas.Shared.Llm.Faults;

/// <summary>Reads how long a provider asks to wait.</summary>
internal static class RetryAfter
{
    private const string Milliseconds = "retry-after-ms";

    /// <summary>Azure's <c>retry-after-ms</c> where there is one, since it is the finer, else <c>Retry-After</c> in seconds or as a date; null when neither can be read.</summary>
    public static TimeSpan? Of(HttpResponseHeaders headers, TimeProvider time)
    {
        if (headers.TryGetValues(Milliseconds, out IEnumerable<string>? values)
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
