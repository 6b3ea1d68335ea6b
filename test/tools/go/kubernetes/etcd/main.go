// Command etcd is etcd's server, which is built under the name of its module's folder otherwise.
package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() { etcdmain.Main(os.Args) }
