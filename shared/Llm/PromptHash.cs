using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace PelNas.Shared.Llm;

/// <summary>The key of a prompt in the answer cache: everything that decides the answer.</summary>
internal static class PromptHash
{
    /// <summary>Lower-case hex SHA-256 of provider, address, model, messages and the options that a search sets.</summary>
    public static string Of(ChatClientMetadata? metadata, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, metadata?.ProviderName);
        Append(hash, metadata?.ProviderUri?.AbsoluteUri);
        Append(hash, options?.ModelId ?? metadata?.DefaultModelId);
        Append(hash, options?.Seed?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Append(hash, options?.Temperature?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Append(hash, options?.MaxOutputTokens?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Append(hash, (options?.ResponseFormat as ChatResponseFormatJson)?.Schema?.GetRawText());
        foreach (ChatMessage message in messages)
        {
            Append(hash, message.Role.Value);
            Append(hash, message.Text);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string? part)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(part ?? "");

        // The length keeps ("ab", "c") and ("a", "bc") apart.
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
