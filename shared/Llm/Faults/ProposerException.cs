namespace PelNas.Shared.Llm.Faults;

/// <summary>A call to the proposer failed. The kinds are types of their own, since a retry policy tells failures apart by type.</summary>
public abstract class ProposerException(ProposerFault fault, Exception? cause) : Exception(fault.Message, cause)
{
    /// <summary>What happened.</summary>
    public ProposerFault Fault { get; } = fault;
}
