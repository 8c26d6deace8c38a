# Writes $1 products and a reader of all of them; each prefix has 60 characters.
{
  for i in $(seq "$1"); do
    printf 'apiVersion: dpc/v1\nkind: DataProduct\nname: p%d\nmembers: {jane@acme.example: owner}\n' "$i"
    printf 'assets: {a: {s3: raw/%056d}}\noutputPorts: {o: {assets: [a], access: unrestricted}}\n---\n' "$i"
  done
  printf 'apiVersion: dpc/v1\nkind: DataProduct\nname: reader\nmembers: {jane@acme.example: owner}\ninputPorts:\n'
  for i in $(seq "$1"); do
    printf '  - {port: p%d, purpose: reports}\n' "$i"
  done
} > products.yaml
