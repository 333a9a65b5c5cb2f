using Microsoft.Extensions.AI;

namespace PelNas.Shared.Llm.Budget;

/// <summary>On whose account a call is made. Travels with the call's options to the budget client and no further.</summary>
/// <param name="RunId">The run that pays.</param>
/// <param name="Partition">The partition that asks, or null.</param>
/// <param name="Account">The account, or null where nothing is charged.</param>
public sealed record ChatCall(string RunId, int? Partition = null, SpendingAccount? Account = null)
{
    private const string Property = "pelnas.call";

    /// <summary>Adds this call to options.</summary>
    public void AddTo(ChatOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (options.AdditionalProperties ??= [])[Property] = this;
    }

    /// <summary>The call in options, or null.</summary>
    public static ChatCall? In(ChatOptions? options) => options?.AdditionalProperties?.GetValueOrDefault(Property) as ChatCall;

    /// <summary>A copy of the options without the call: the SDKs would send it.</summary>
    public static ChatOptions? Without(ChatOptions? options)
    {
        if (In(options) is null)
        {
            return options;
        }

        ChatOptions copy = options!.Clone();
        copy.AdditionalProperties!.Remove(Property);
        return copy;
    }
}
