using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace PelNas.Local.Host.Http;

/// <summary>
/// The key that callers show to HTTP functions, made at random at the first start and kept in a file that only its owner may read.
/// </summary>
public sealed class FunctionKeys
{
    private const int KeyBytes = 32;
    private const string Header = "x-functions-key";
    private const string QueryParameter = "code";
    private const UnixFileMode ForOthers = ~PrivateFile.Mode & (UnixFileMode)0b111_111_111;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>The answer to a request without it.</summary>
    internal static readonly IResult Refusal = Results.Problem(
        $"Send a key that opens this in the header '{Header}' or the query parameter '{QueryParameter}'.",
        statusCode: StatusCodes.Status401Unauthorized);

    [JsonConstructor]
    private FunctionKeys(string @default) => Default = @default;

    /// <summary>Opens functions of level Function. It has the name that the Functions host gives such a key.</summary>
    [JsonPropertyName("default")]
    public string Default { get; }

    /// <summary>Reads the key, or makes it if there is no file; for the one process that has the lock on the history.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file holds no key, or others than its owner may use it.</exception>
    public static FunctionKeys LoadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            string key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
            PrivateFile.Write(path, JsonSerializer.Serialize(new FunctionKeys(key), Json));
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ForOthers) != 0)
        {
            throw new InvalidDataException(
                $"{path} holds an access key and may be used by others than its owner. Run 'chmod 600' on it, or delete it to have "
                + "a new one made if somebody may have read it.");
        }

        try
        {
            return JsonSerializer.Deserialize<FunctionKeys>(File.ReadAllText(path)) is { Default.Length: > 0 } keys ? keys
                : throw new JsonException("It has no key 'default'.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"{path} is not a file of access keys: {exception.Message} Delete it to have a new one made.", exception);
        }
    }

    /// <summary>Whether a request has the key, in the header or else in the query.</summary>
    internal bool Open(HttpRequest request)
    {
        string presented = request.Headers[Header].ToString() is { Length: > 0 } header ? header : request.Query[QueryParameter].ToString();

        // Hashes have one length, so that not even the length of the key shows in the time this takes.
        return CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(presented)), SHA256.HashData(Encoding.UTF8.GetBytes(Default)));
    }
}
