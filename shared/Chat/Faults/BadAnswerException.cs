using PelNas.Shared.Storage;

namespace PelNas.Shared.Chat.Faults;

/// <summary>The proposer answered with nothing that can be read. <see cref="Proposer"/> turns it into data; a search never sees it.</summary>
public sealed class BadAnswerException(ProposerFault fault, Exception? cause = null) : ProposerException(fault, cause)
{
    /// <summary>What the call is charged, or null where it is on nobody's account.</summary>
    public ChatUsage? Charged { get; set; }
}
