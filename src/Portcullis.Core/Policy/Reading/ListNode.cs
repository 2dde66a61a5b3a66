namespace Portcullis.Core.Policy.Reading;

/// <summary>A list.</summary>
internal sealed class ListNode(PolicyOrigin origin) : PolicyNode(origin)
{
    private int _size = 1;

    public List<PolicyNode> Items { get; } = [];

    public override int Size => _size;

    public override string Noun => "a list";

    public override PolicyNode Copy()
    {
        var copy = new ListNode(Origin);
        Items.ForEach(item => copy.Add(item.Copy()));
        return copy;
    }

    public void Add(PolicyNode item)
    {
        Items.Add(item);
        _size += item.Size;
    }
}
