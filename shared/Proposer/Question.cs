using PelNas.Shared.Llm.Budget;


namespace PelNas.Shared.Proposer;

/// <summary>One question to the proposer.</summary>
/// <param name="Template">System prompt.</param>
/// <param name="Payload">User message, sent as JSON.</param>
/// <param name="Seed">Seed for providers that take one.</param>
/// <param name="MaxOutputTokens">Longest answer.</param>
/// <param name="Call">On whose account; null on nobody's.</param>
/// <typeparam name="TPayload">Type of the payload.</typeparam>
public sealed record Question<TPayload>(PromptTemplate Template, TPayload Payload, int Seed, int MaxOutputTokens, ChatCall? Call = null);
