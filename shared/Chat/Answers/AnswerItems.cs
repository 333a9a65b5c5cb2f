using System.Text.Json;

namespace PelNas.Shared.Chat.Answers;

/// <summary>
/// Finds the items of an answer's list in whatever a model has written around it: Markdown fences, prose before and after, trailing
/// commas, comments, a missing outer object, a list that breaks off. An item that is not JSON itself is dropped; the others stand.
/// </summary>
internal static class AnswerItems
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads the items.</summary>
    /// <param name="text">What the model wrote. Untrusted, of any length.</param>
    /// <param name="list">Name of the list, for example <c>rules</c>.</param>
    /// <returns>The items in order, and what is wrong with the answer as a whole, in one sentence, or null.</returns>
    public static (IReadOnlyList<JsonElement> Items, string? Problem) Read(string text, string list)
    {
        List<JsonElement> items = [];
        int position = ListStart(text, list);
        if (position < 0)
        {
            return (items, $"the answer holds no JSON list '{list}'");
        }

        int broken = 0;
        while (true)
        {
            position = SkipTo(text, position);
            if (position >= text.Length)
            {
                return (items, $"the answer breaks off after {items.Count} items");
            }

            if (text[position] == ']')
            {
                return (items, broken == 0 ? null : $"{broken} items of the answer are not JSON");
            }

            int end = ItemEnd(text, position);
            if (end < 0)
            {
                return (items, $"the answer breaks off after {items.Count} items");
            }

            if (Parse(text.AsMemory(position, end - position)) is { } item)
            {
                items.Add(item);
            }
            else
            {
                broken++;
            }

            position = end;
        }
    }

    /// <summary>The place behind the opening bracket of the named list, else of the first list of objects, else of the first one of texts or lists, else -1.</summary>
    private static int ListStart(string text, string list)
    {
        string name = $"\"{list}\"";
        for (int at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            int next = SkipSpace(text, at + name.Length);
            if (next < text.Length && text[next] == ':' && SkipSpace(text, next + 1) is var bracket && bracket < text.Length && text[bracket] == '[')
            {
                return bracket + 1;
            }
        }

        return ListOf('{', text) is >= 0 and var objects ? objects : First(ListOf('"', text), ListOf('[', text));
    }

    private static int First(int one, int other) => one < 0 ? other : other < 0 ? one : Math.Min(one, other);

    /// <summary>The place behind the opening bracket of the first list whose first item begins so, else -1.</summary>
    private static int ListOf(char first, string text)
    {
        for (int at = text.IndexOf('[', StringComparison.Ordinal); at >= 0; at = text.IndexOf('[', at + 1))
        {
            if (SkipSpace(text, at + 1) is var next && next < text.Length && text[next] == first)
            {
                return at + 1;
            }
        }

        return -1;
    }

    private static int SkipSpace(string text, int position)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        return position;
    }

    /// <summary>The next character that begins an item or ends the list.</summary>
    private static int SkipTo(string text, int position)
    {
        int next = text.AsSpan(position).IndexOfAny("{[\"]");
        return next < 0 ? text.Length : position + next;
    }

    /// <summary>The place behind the object, list or text that begins here, or -1 when it does not end.</summary>
    private static int ItemEnd(string text, int start)
    {
        int depth = 0;
        bool quoted = false;
        for (int i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when quoted:
                    i++;
                    continue;
                case '"':
                    quoted = !quoted;
                    break;
                case '{' or '[' when !quoted:
                    depth++;
                    break;
                case '}' or ']' when !quoted:
                    depth--;
                    break;
                default:
                    continue;
            }

            if (depth == 0 && !quoted)
            {
                return i + 1;
            }
        }

        return -1;
    }

    private static JsonElement? Parse(ReadOnlyMemory<char> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Lenient);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
