{{ crm_warehouse.accepted('plan', 'targets') }}
