using PelNas.Shared.Proposer;
using PelNas.Shared.Records;


namespace PelNas.Shared.Llm.Faults;

/// <summary>The proposer answered with nothing that can be read. <see cref="ProposerClient"/> turns it into data; a search never sees it.</summary>
public sealed class BadAnswerException(ProposerFault fault, Exception? cause = null) : ProposerException(fault, cause)
{
    /// <summary>What the call is charged, or null where it is on nobody's account.</summary>
    public ChatUsage? Charged { get; set; }
}
