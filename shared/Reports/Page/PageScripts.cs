using System.Text;
using System.Text.RegularExpressions;

namespace PelNas.Shared.Reports.Page;

/// <summary>
/// The page's modules in one script, each after those that it imports, so that a browser asks once and a report needs one element. Their
/// top-level names are all different, so they need no scopes of their own.
/// </summary>
internal static partial class PageScripts
{
    /// <summary>Puts a module and all that it imports together.</summary>
    /// <param name="first">Its file name.</param>
    /// <param name="read">The text of a file.</param>
    public static string Bundle(string first, Func<string, string> read)
    {
        StringBuilder bundle = new();
        HashSet<string> seen = [];
        Add(first);
        return bundle.ToString();

        void Add(string name)
        {
            if (!seen.Add(name))
            {
                return;
            }

            string module = read(name);
            foreach (Match import in Import().Matches(module))
            {
                Add(import.Groups[1].Value);
            }

            bundle.Append(Export().Replace(Import().Replace(module, ""), ""));
        }
    }

    [GeneratedRegex(@"^import .* from '\./(.+)';\n", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex(@"^export (?=async |class |const |function )", RegexOptions.Multiline)]
    private static partial Regex Export();
}
