using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PelNas.Shared.Proposer.Answers;

/// <summary>
/// An answer taken apart: the values in JSON, or nearly so, that it holds, and what it says in words. Nothing that a model thought
/// (<c>&lt;think&gt;</c> and the like) is in either: what stands before a closing tag with no opening one, and behind an opening tag with
/// no closing one, is thought too.
/// </summary>
/// <param name="Values">Objects and lists that stand in no other, in order.</param>
/// <param name="Visible">All but thoughts.</param>
/// <param name="Words">What stands beside the values.</param>
/// <param name="IsCut">Whether it breaks off within a value.</param>
internal sealed partial record AnswerText(IReadOnlyList<JsonNode> Values, string Visible, string Words, bool IsCut)
{
    /// <summary>Of the patterns that answers are read by: what a model writes must not choose how long they take.</summary>
    public const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private const string Tag = "(?:think|thinking|thoughts?|reasoning|reflection|scratchpad)";

    // Thoughts with both tags; then all up to a closing tag, and all from an opening one on.
    private static readonly Regex[] Thoughts =
    [
        new(@$"<{Tag}>[\s\S]*?</{Tag}>|\[think\][\s\S]*?\[/think\]", Linear),
        new(@$"\A[\s\S]*(?:</{Tag}>|\[/think\])", Linear),
        new(@$"(?:<{Tag}>|\[think\])[\s\S]*\z", Linear),
    ];

    /// <summary>Takes an answer apart.</summary>
    /// <param name="text">What the model wrote. Untrusted, of any length.</param>
    public static AnswerText Read(string text)
    {
        string visible = Thoughts.Aggregate(UntrustedText.WellFormed(text), (rest, thoughts) => thoughts.Replace(rest, ""));
        LenientJsonReader reader = new(visible);
        List<JsonNode> values = [];
        StringBuilder words = new();
        for (int at = 0; at < visible.Length;)
        {
            int bracket = visible.AsSpan(at).IndexOfAny('{', '[');
            int next = bracket < 0 ? visible.Length : at + bracket;
            words.Append(visible, at, next - at);
            at = next;
            if (at < visible.Length)
            {
                values.Add(reader.Read(ref at));
            }
        }

        return new AnswerText(values, visible, Fence().Replace(words.ToString(), " "), reader.IsCut);
    }

    [GeneratedRegex("```[A-Za-z0-9]*")]
    private static partial Regex Fence();
}
