using System.Security.Cryptography;
using System.Text;

namespace PelNas.Local.Durable.Replay;

/// <summary>Ids that follow from where in an orchestration they are asked for.</summary>
internal static class DeterministicGuid
{
    /// <summary>An id made from a name, in the form of a version 8 (custom) UUID of RFC 9562.</summary>
    public static Guid Create(string instanceId, DateTime time, int counter)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{instanceId}_{time:O}_{counter}")), hash);
        Span<byte> id = hash[..16];
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
