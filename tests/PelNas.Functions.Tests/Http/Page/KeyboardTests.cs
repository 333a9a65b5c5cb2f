namespace PelNas.Functions.Tests.Http.Page;

/// <summary>
/// The page without a pointer: what is drawn again leaves the focus where it was, and changes are told to a screen reader.
/// </summary>
[Collection(nameof(PageFixture))]
public sealed class KeyboardTests(PageFixture fixture)
{
    [Theory]
    [InlineData("#/run/{0}")]
    [InlineData("#/runs")]
    public async Task A_search_that_moves_leaves_the_focus_and_is_held_let_go_on_and_removed(string view)
    {
        string id = await fixture.App.StartSearchAsync(SmallSearches.Request with { Generations = 900, MaxLabels = 1000 });
        OpenPage open = await fixture.OpenAsync(string.Format(CultureInfo.InvariantCulture, view, id));
        ILocator spoken = open.Page.Locator("#spoken");
        ILocator moving = open.Page.Locator($".advance label, tr:has(a[href='#/run/{id}']) .number").First;
        await open.Button($"Suspend {id}").FocusAsync();
        string before = await moving.InnerTextAsync();
        await Assertions.Expect(moving).Not.ToHaveTextAsync(before);
        await Assertions.Expect(open.Button($"Suspend {id}")).ToBeFocusedAsync();

        await open.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(open.Button($"Resume {id}")).ToBeFocusedAsync();
        await open.SeeAsync(spoken, "suspended");
        await open.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(open.Button($"Suspend {id}")).ToBeFocusedAsync();
        await open.SeeAsync(spoken, "running");

        await open.Page.Keyboard.PressAsync("Tab");
        await open.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(open.Button("Cancel")).ToBeFocusedAsync();
        before = await moving.InnerTextAsync();
        await Assertions.Expect(moving).Not.ToHaveTextAsync(before);
        await open.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(open.Button($"Delete {id}")).ToBeFocusedAsync();
        await open.Page.Keyboard.PressAsync("Enter");
        await open.Page.Keyboard.PressAsync("Tab");
        await open.Page.Keyboard.PressAsync("Enter");
        await open.SeeAsync(open.Page.Locator("h1"), "Searches");
        await Assertions.Expect(open.Button($"Delete {id}")).ToHaveCountAsync(0);
        (await open.Page.EvaluateAsync<bool>("document.activeElement !== document.body")).ShouldBeTrue();
        open.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_first_link_skips_to_the_content_and_stays_in_the_view()
    {
        OpenPage open = await fixture.OpenAsync("#/devices");
        string address = open.Page.Url;
        await open.Page.Keyboard.PressAsync("Tab");
        await open.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(open.Page.Locator("#main")).ToBeFocusedAsync();
        open.Page.Url.ShouldBe(address);
    }

    [Fact]
    public async Task A_slider_goes_through_the_points_of_the_plot_and_leads_to_their_cells()
    {
        OpenPage open = await fixture.OpenAsync($"#/run/{fixture.Ended[0]}");
        ILocator cells = open.Page.Locator("table.list tbody th");
        await open.SeeAsync(cells);
        await open.SeeAsync(open.Page.Locator(".plot.tall svg"));
        string second = (await cells.Nth(1).InnerTextAsync()).Split(' ', '\n')[0];
        ILocator slider = open.Page.GetByLabel("Go through them");
        await slider.PressAsync("ArrowRight");

        await open.SeeAsync(open.Page.Locator(".tip svg.cell"));
        (await slider.EvaluateAsync<string>("slider => slider.ariaValueText")).ShouldStartWith($"Architecture {second}: ");
        await slider.PressAsync("Escape");
        await Assertions.Expect(open.Page.Locator(".tip").First).ToBeHiddenAsync();

        await open.Page.GetByLabel("Which architectures").SelectOptionAsync("labelled");
        await open.SeeAsync(open.Page.Locator("#spoken"), "24 architectures");
        await open.Page.GetByLabel("Latency, ms, greatest").FillAsync("0.5");
        await open.Page.GetByLabel("Latency, ms, greatest").PressAsync("Enter");
        await open.SeeAsync(open.Page.Locator("#spoken"), "0 architectures");
        await open.Button("Clear").PressAsync("Enter");
        await slider.PressAsync("Home");
        await slider.PressAsync("Tab");
        await open.Page.Keyboard.PressAsync("Enter");
        await open.SeeAsync(open.Page.Locator("h1"), "Architecture");
        await Assertions.Expect(open.Page.Locator("#main")).ToBeFocusedAsync();
        open.Complaints.ShouldBeEmpty();
    }
}
