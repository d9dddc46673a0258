{{ crm_warehouse.accepted('pos', 'stores') }}
