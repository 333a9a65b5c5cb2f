using System.Text.Encodings.Web;
using System.Text.Json;
using PelNas.Shared.Common;

namespace PelNas.Shared.Llm;

/// <summary>JSON as prompts carry it: that of <see cref="PelNasJson"/>, but nothing is escaped for HTML, since <c>+</c> and <c>&gt;</c> stand in every architecture and edge and each escape costs tokens.</summary>
internal static class ChatJson
{
    public static JsonSerializerOptions Options { get; } = new(PelNasJson.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
