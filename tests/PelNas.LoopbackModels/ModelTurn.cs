namespace PelNas.LoopbackModels;

/// <summary>What the server does with one request.</summary>
public abstract record ModelTurn;

/// <summary>A whole answer. Billed.</summary>
/// <param name="Text">What the model wrote.</param>
/// <param name="FinishReason"><c>stop</c>, <c>length</c> or <c>content_filter</c>.</param>
/// <param name="Refusal">What the model wrote in the place reserved for refusals, or null.</param>
/// <param name="Claim">What it says of its tokens, or null for the truth.</param>
public sealed record Answer(string Text, string FinishReason = "stop", string? Refusal = null, Claim? Claim = null) : ModelTurn
{
    // Test reports show the cases of a theory, and the text may be megabytes.
    public override string ToString() => $"Answer of {Text.Length} characters, {FinishReason}";
}

/// <summary>An HTTP error. Not billed.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">The provider's code.</param>
/// <param name="Message">The provider's words.</param>
/// <param name="Headers">Further headers.</param>
public sealed record Refused(int Status, string Code, string Message, params (string Name, string Value)[] Headers) : ModelTurn
{
    /// <summary>What the error says of tokens, where it says something.</summary>
    public Claim Claim { get; init; } = new();

    /// <summary>The body instead of one in the provider's form.</summary>
    public string? Body { get; init; }
}

/// <summary>The connection is reset before a byte is sent. Not billed.</summary>
public sealed record Reset : ModelTurn;

/// <summary>Half of the body is sent, then the connection is reset. Billed: the model has answered.</summary>
/// <param name="Text">What the model wrote.</param>
public sealed record CutShort(string Text) : ModelTurn;

/// <summary>The head and a few bytes are sent, and then nothing until the client goes. Billed.</summary>
/// <param name="Text">What the model wrote.</param>
public sealed record Drip(string Text) : ModelTurn;

/// <summary>Nothing is sent until the client goes. Billed: the model is at work.</summary>
/// <param name="Text">What the model would have written.</param>
public sealed record Silence(string Text) : ModelTurn;

/// <summary>Status 200 with a body of the test's own. Billed as an empty answer.</summary>
/// <param name="Body">The body.</param>
public sealed record Raw(string Body) : ModelTurn;
