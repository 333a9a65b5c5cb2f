using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace PelNas.Functions.Http;

/// <summary>
/// Remembers what a request with an <c>Idempotency-Key</c> has started, so that a client that got no answer can send it again without
/// starting another. Keys are kept as hashes.
/// </summary>
/// <param name="requests">Where they are kept.</param>
public sealed class IdempotencyKeys(RequestRepository requests)
{
    /// <summary>The header.</summary>
    public const string Header = "Idempotency-Key";

    private const int MaxLength = 128;

    /// <summary>Reads the header: a key, or null when there is none.</summary>
    /// <exception cref="RefusedException">400: it is no key.</exception>
    public static string? Read(HttpRequest request)
    {
        StringValues values = request.Headers[Header];
        if (values.Count == 0)
        {
            return null;
        }

        if (values is [{ Length: >= 1 and <= MaxLength } key] && !key.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return key;
        }

        throw Problems.Invalid(Header, $"must be one value of 1 to {MaxLength} printable ASCII characters");
    }

    /// <summary>Keeps what a key stands for.</summary>
    /// <param name="scope">What is started, for example <c>searches</c>: the same key may be used once in each.</param>
    /// <param name="id">The id of what the request would start, without blanks.</param>
    /// <param name="request">The request as understood, so that the layout of its JSON does not count.</param>
    /// <returns>The id that the key stands for, given now or before; null when it stands for another request.</returns>
    public async Task<string?> AddAsync<T>(string scope, string key, string id, T request, CancellationToken cancellationToken)
    {
        string requestHash = Hash(PelNasJson.Serialize(request));
        string inForce = await requests.AddAsync($"{scope}-{Hash(key)}", $"{id} {requestHash}", cancellationToken);
        string[] parts = inForce.Split(' ');
        return parts[1] == requestHash ? parts[0] : null;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
