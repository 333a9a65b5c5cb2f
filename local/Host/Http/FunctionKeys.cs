using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PelNas.Local.Host.Http;

/// <summary>
/// The keys callers show to HTTP functions, made at random at the first start and kept in a file that only its owner may read.
/// </summary>
public sealed class FunctionKeys
{
    private const int KeyBytes = 32;
    private const UnixFileMode ForOthers = ~PrivateFile.Mode & (UnixFileMode)0b111_111_111;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    [JsonConstructor]
    private FunctionKeys(string @default, string master) => (Default, Master) = (@default, master);

    /// <summary>Opens functions of level Function.</summary>
    [JsonPropertyName("default")]
    public string Default { get; }

    /// <summary>Opens everything.</summary>
    [JsonPropertyName("_master")]
    public string Master { get; }

    /// <summary>Reads the keys, or makes them if the file is not there; for the one process that has the lock on the data folder's history.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is not one of keys, or others than its owner may use it.</exception>
    public static FunctionKeys LoadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            PrivateFile.Write(path, JsonSerializer.Serialize(new FunctionKeys(NewKey(), NewKey()), Json));
        }

        return Load(path);
    }

    /// <summary>Whether a key that was presented opens a function, or with <paramref name="needsMaster"/> one of level Admin.</summary>
    internal bool Open(string presented, bool needsMaster) => Same(presented, Master) | (!needsMaster & Same(presented, Default));

    private static FunctionKeys Load(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ForOthers) != 0)
        {
            throw new InvalidDataException(
                $"{path} holds access keys and may be used by others than its owner. Run 'chmod 600' on it, or delete it to have new keys made "
                + "if somebody may have read it.");
        }

        try
        {
            return JsonSerializer.Deserialize<FunctionKeys>(File.ReadAllText(path)) is { Default.Length: > 0, Master.Length: > 0 } keys
                ? keys
                : throw new InvalidDataException($"{path} lacks one of the keys default and _master. Delete it to have new keys made.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is not a file of access keys. Delete it to have new keys made.", exception);
        }
    }

    private static string NewKey() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));

    // Hashes have one length, so that not even the length of a key shows in the time this takes.
    private static bool Same(string presented, string key) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(presented)), SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
