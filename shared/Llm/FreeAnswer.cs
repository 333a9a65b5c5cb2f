using Microsoft.Extensions.AI;

namespace PelNas.Shared.Llm;

/// <summary>
/// Marks an answer that another run has paid for: it counts against no limit. One that the asking run itself has paid for, before it
/// was interrupted, is not free: else a search would end elsewhere for having been interrupted.
/// </summary>
internal static class FreeAnswer
{
    private const string Property = "pelnas.free";

    public static ChatResponse Mark(ChatResponse response)
    {
        (response.AdditionalProperties ??= [])[Property] = true;
        return response;
    }

    public static bool Is(ChatResponse response) => response.AdditionalProperties?.ContainsKey(Property) == true;
}
